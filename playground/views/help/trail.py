"""The way through the pages of a book: back and forward, as in a browser."""

MOST = 200


class Trail:
    """The pages that were seen, and the place among them."""

    def __init__(self) -> None:
        self._pages: list[str] = []
        self._place = -1

    @property
    def page(self) -> str:
        """The page that is open; "" before the first."""
        return self._pages[self._place] if self._pages else ""

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page before."""
        return self._place > 0

    @property
    def can_go_on(self) -> bool:
        """Whether there is a page that was left by going back."""
        return self._place < len(self._pages) - 1

    def visit(self, page: str) -> None:
        """Open a page; what lay ahead is forgotten."""
        if page == self.page:
            return
        self._pages = [*self._pages[: self._place + 1], page][-MOST:]
        self._place = len(self._pages) - 1

    def go(self, steps: int) -> str:
        """Go back (−1) or forward (+1), as far as there are pages; returns the page."""
        self._place = max(0, min(len(self._pages) - 1, self._place + steps))
        return self.page
