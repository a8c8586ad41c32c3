"""``playground shot FILE|PRESET -o OUT.png …``"""

from playground.cli.platform import check_platform
from playground.cli.words import Parser, count, picture_file, scale, size
from playground.texts import LANGUAGES

TABS = ("loss", "distillation", "examples", "health", "code")
PANELS = ("run", "data", "network", "output", *TABS)


def run(words: list[str]) -> int:
    """``playground shot FILE|PRESET -o OUT.png …``"""
    parser = Parser(prog="playground shot", description="Write a picture of the window after some training.")
    parser.add_argument("project", metavar="FILE|PRESET")
    parser.add_argument("-o", "--output", type=picture_file, required=True, metavar="OUT.png")
    parser.add_argument("--epochs", type=count, default=0, help="train so long before (default: 0)")
    parser.add_argument("--size", type=size, default=(1366, 768), metavar="WxH")
    parser.add_argument("--scale", type=scale, default=1.0, help="pixels per point (default: 1)")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--panel", default="", choices=PANELS, help="only this panel")
    parser.add_argument("--tab", default="", choices=TABS, help="open this tab below the network")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    given = parser.parse_args(words)
    check_platform(screen=False)
    from playground.app import commands

    commands.quiet_platform()
    values = vars(given)
    return commands.shoot(commands.Shot(values.pop("project"), **values))
