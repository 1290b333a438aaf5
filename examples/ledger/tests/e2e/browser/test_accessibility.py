"""No page has what axe finds wrong, light or dark, wide or narrow, and none is wider than its window."""

from itertools import product

from playwright.sync_api import Page, expect

from .conftest import AXE, WIDE
from .steps import furnish

NARROW = {"width": 420, "height": 900}
AXE_OPTIONS = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }"


def open_page(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Loading")).to_have_count(0)


def expect_no_violations(page: Page) -> None:
    page.add_script_tag(path=AXE)
    for viewport, scheme in product([WIDE, NARROW], ["light", "dark"]):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(f"axe.run({AXE_OPTIONS})")
        violations = [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]
        assert violations == [], f"{page.url} {viewport['width']} {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is too wide"


def test_the_pages_are_accessible_before_anything_is_there(page: Page):
    for path in ["/", "/budget/2026-03", "/accounts/99"]:
        open_page(page, path)
        expect_no_violations(page)


def test_the_pages_are_accessible(page: Page):
    ids = furnish(page)
    for path in ["/", f"/accounts/{ids['Giro']}", "/budget/2026-03"]:
        open_page(page, path)
        expect_no_violations(page)

    # With everything open that can be opened, and wrong that can be wrong.
    page.get_by_label("Assigned to Food").fill("x")
    page.get_by_label("Assigned to Food").press("Tab")
    page.get_by_role("button", name="Add category").click()
    page.get_by_role("button", name="Add category").click()
    expect(page.get_by_text("Give the category a name.")).to_be_visible()
    expect_no_violations(page)


def test_the_page_is_used_without_a_pointer(page: Page):
    furnish(page)
    open_page(page, "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add account")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Giro")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Giro")).to_be_visible()
    expect(page.get_by_role("main")).to_be_focused()
