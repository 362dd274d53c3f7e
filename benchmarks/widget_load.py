"""How much later a page is visible with the widget than bare, on a slow line and processor.

`python -m benchmarks.widget_load`: 1.6 Mbit/s, 150 ms latency, processor 6 times slower;
median of several loads of the same page, once with and once without the script, in turns.
Largest contentful paint of the page, and when the launcher can be seen, in milliseconds.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import chromium
from tests.servers import Server

LOADS = 7
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 6
_PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().pop().startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
# Looked for in the page itself at each frame: asking from outside adds the asking's own time.
_WATCH = """(() => {
  const look = () => {
    const root = document.querySelector("etwinning-yardim")?.shadowRoot;
    const box = root?.querySelector(".launcher")?.getBoundingClientRect();
    if (box?.width > 0) window.launcherSeen = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
_LAUNCHER = "() => window.launcherSeen ?? 0"


def _load(browser: Browser, address: str, with_widget: bool) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    if not with_widget:
        page.route("**/widget.js", lambda route: route.abort())
    if with_widget:
        page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    painted = float(page.evaluate(_PAINTED))
    seen = float(page.wait_for_function(_LAUNCHER).json_value()) if with_widget else 0.0
    context.close()
    return painted, seen


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), BOT_WEB_PER_ADDRESS="6000")
        try:
            server.wait_ready()
            address = f"http://127.0.0.1:{server.port}/"
            with chromium() as browser:
                bare, full, seen = [], [], []
                for _ in range(LOADS):
                    bare.append(_load(browser, address, False)[0])
                    painted, launcher = _load(browser, address, True)
                    full.append(painted)
                    seen.append(launcher)
        finally:
            server.stop()
    page, widget, launcher = map(statistics.median, (bare, full, seen))
    print(f"page alone {page:.0f} ms, with the widget {widget:.0f} ms ({widget - page:+.0f})")
    print(f"launcher seen at {launcher:.0f} ms ({launcher - page:+.0f} after the bare page)")


if __name__ == "__main__":
    main()
