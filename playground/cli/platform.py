"""Whether the window can open here, asked before Qt is imported."""


class CannotOpenError(Exception):
    """The window cannot open on this system; the message is one sentence."""


def check_platform(screen: bool) -> None:
    """See whether Qt, and (asked for) a screen, can be had, before Qt is imported.

    Raises:
        CannotOpenError: with a sentence that says what to do.
    """
    from playground.app import platform_check

    try:
        platform_check.check(screen)
    except platform_check.PlatformError as error:
        raise CannotOpenError(str(error)) from error
