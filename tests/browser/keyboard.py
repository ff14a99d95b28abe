"""Somebody without a pointer, and what a screen reader gets to know: the accessibility tree, and what is said."""

from dataclasses import dataclass

import pytest
from playwright.async_api import CDPSession, Page, TimeoutError
from tests.browser.visitor import Visitor

ROUNDS = 3
LONGEST_WAY = 120
LOOKS = 40
FOCUSED = """() => {
  const one = document.activeElement;
  const labelled = one.labels?.[0]?.textContent ?? "";
  return [one.tagName, one.getAttribute("aria-label") || labelled || one.textContent.trim()];
}"""
# What comes into a live region, in order. A region that comes with words in it is read only as an alert.
LISTEN = """
window.announced = [];
new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    for (const node of type === "characterData" ? [target] : addedNodes) {
      const element = node instanceof Element ? node : node.parentElement;
      const region = element?.closest("[role=status], [role=alert], [aria-live]");
      const words = (node.textContent ?? "").trim();
      if (region && words && (region !== node || region.role === "alert")) window.announced.push(words);
    }
  }
}).observe(document, { childList: true, characterData: true, subtree: true });
"""


@dataclass(frozen=True)
class Node:
    """One node of the accessibility tree."""

    role: str
    name: str
    states: dict[str, object]


class Keyboard:
    """Nothing but keys."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self._protocol: CDPSession | None = None

    async def focused(self) -> tuple[str, str]:
        """The tag and the name of what has the focus."""
        tag, name = await self.page.evaluate(FOCUSED)
        return tag, name

    async def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            await self.page.keyboard.press(key)

    async def tab_to(self, name: str, tag: str = "") -> None:
        """Tab until the focus is on what is so named, with a visible ring; again if it is still to come."""
        passed: list[tuple[str, str]] = []
        for _ in range(ROUNDS):
            passed.clear()
            while len(passed) < LONGEST_WAY:
                if (now := await self.focused())[1] == name and tag in ("", now[0]):
                    assert await self.page.evaluate("() => document.activeElement.matches(':focus-visible')")
                    return
                passed.append(now)
                await self.page.keyboard.press("Tab")
            await self.page.wait_for_timeout(300)
        pytest.fail(f"Tab leads to {passed}, never to {name}")

    async def enter(self, name: str, tag: str = "") -> None:
        await self.tab_to(name, tag)
        await self.page.keyboard.press("Enter")

    async def types(self, label: str, text: str) -> None:
        await self.tab_to(label, "INPUT")
        await self.page.keyboard.type(text)

    async def is_at(self, name: str) -> None:
        """The focus comes to be on what is so named."""
        try:
            await self.page.wait_for_function(f"(name) => ({FOCUSED})()[1] === name", arg=name)
        except TimeoutError:
            pytest.fail(f"the focus is on {await self.focused()}, not on {name}")

    # ---- what a screen reader gets to know

    async def tree(self) -> list[Node]:
        """What is not ignored, in the order it is read."""
        self._protocol = self._protocol or await self.visitor.context.new_cdp_session(self.page)
        answer = await self._protocol.send("Accessibility.getFullAXTree")
        return [
            Node(
                role=node["role"]["value"],
                name=node.get("name", {}).get("value", ""),
                states={each["name"]: each["value"].get("value") for each in node.get("properties", [])},
            )
            for node in answer["nodes"]
            if not node["ignored"]
        ]

    async def read(self) -> Node:
        """What has the focus, as it is read out."""
        return [node for node in await self.tree() if node.states.get("focused")][-1]

    async def reads(self, role: str, name: str, **states: object) -> None:
        """What has the focus comes to be read so; states not named here may be anything.

        The tree follows the page at its own pace.
        """
        wanted = Node(role, name, states)
        now = await self.read()
        for _ in range(LOOKS):
            if Node(now.role, now.name, {state: now.states.get(state) for state in states}) == wanted:
                return
            await self.page.wait_for_timeout(300)
            now = await self.read()
        pytest.fail(f"{now} is read, not {wanted}; {await self.focused()} {self.page.url}")

    async def finds(self, role: str, name: str) -> Node:
        """The one node so named, wherever it stands."""
        nodes = await self.tree()
        (found,) = [node for node in nodes if (node.role, node.name) == (role, name)]
        return found

    async def announced(self) -> list[str]:
        """What was said by itself, since this was last asked."""
        return await self.page.evaluate("() => window.announced.splice(0)")

    async def hears_said(self, words: str) -> None:
        """It is, or comes to be, among what was said; a button may be named after it."""
        said = "(words) => window.announced.some((one) => one.startsWith(words))"
        await self.page.wait_for_function(said, arg=words)
