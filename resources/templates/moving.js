/* Zooming and panning with mouse, fingers and keys. */
function zoom(factor, x, y) {
  const k = Math.max(0.02, Math.min(3, view.k * factor));
  const share = 1 / view.k - 1 / k;
  view.x += (x - width / 2) * share;
  view.y += (y - height / 2) * share;
  view.k = k;
  view.fitted = false;
  later();
}

function pan(dx, dy) {
  const reach = 8000;
  view.x = Math.max(-reach, Math.min(reach, view.x - dx / view.k));
  view.y = Math.max(-reach, Math.min(reach, view.y - dy / view.k));
  view.fitted = false;
  later();
}

function whole() { fit(); draw(); }

function resize() {
  if (window.matchMedia("print").matches) return;  // paper shows the map as it is, only larger or smaller
  const wide = map.parentNode.clientWidth;
  const high = map.parentNode.clientHeight;
  if (wide < 50 || high < 50) return;
  width = wide;
  height = high;
  if (view.fitted) fit();
  draw();
}

let drag = null;
let moved = false;
const fingers = {};
map.addEventListener("pointerdown", (event) => {
  if (!Object.keys(fingers).length) moved = false;
  if (event.pointerType === "touch") fingers[event.pointerId] = event;
  if (event.button === 0) drag = { x: event.clientX, y: event.clientY };
});

/* Two fingers: the middle between them moves the map, their distance scales it. */
function pinch(event) {
  const ids = Object.keys(fingers);
  const before = ids.map((id) => fingers[id]);
  fingers[event.pointerId] = event;
  const after = ids.map((id) => fingers[id]);
  const middle = (pair) => [(pair[0].clientX + pair[1].clientX) / 2, (pair[0].clientY + pair[1].clientY) / 2];
  const apart = (pair) => Math.hypot(pair[0].clientX - pair[1].clientX, pair[0].clientY - pair[1].clientY) || 1;
  const corner = map.getBoundingClientRect();
  const from = middle(before);
  const to = middle(after);
  moved = true;
  pan(to[0] - from[0], to[1] - from[1]);
  zoom(apart(after) / apart(before), to[0] - corner.left, to[1] - corner.top);
}

map.addEventListener("pointermove", (event) => {
  if (fingers[event.pointerId] && Object.keys(fingers).length === 2) {
    drag = null;
    hideTip();
    pinch(event);
    return;
  }
  if (fingers[event.pointerId]) fingers[event.pointerId] = event;
  if (drag && (moved || Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 4)) {
    if (!moved) { map.setPointerCapture(event.pointerId); map.classList.add("moving"); }
    moved = true;
    pan(event.clientX - drag.x, event.clientY - drag.y);
    drag = { x: event.clientX, y: event.clientY };
  }
  if (drag || event.pointerType === "touch") hideTip(); else pointTip(event);
});
const drop = (event) => { drag = null; delete fingers[event.pointerId]; map.classList.remove("moving"); };
map.addEventListener("pointerup", drop);
map.addEventListener("pointercancel", drop);
map.addEventListener("pointerleave", () => hideTip());
map.addEventListener("wheel", (event) => {
  event.preventDefault();
  const corner = map.getBoundingClientRect();
  zoom(Math.pow(1.0015, -event.deltaY * (event.deltaMode ? 30 : 1)), event.clientX - corner.left, event.clientY - corner.top);
}, { passive: false });
$("closer").addEventListener("click", () => zoom(1.4, width / 2, height / 2));
$("farther").addEventListener("click", () => zoom(1 / 1.4, width / 2, height / 2));
$("whole").addEventListener("click", whole);

const keys = {
  "+": () => zoom(1.4, width / 2, height / 2), "=": () => zoom(1.4, width / 2, height / 2),
  "-": () => zoom(1 / 1.4, width / 2, height / 2), "0": whole, Escape: () => select(null),
  ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
};
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  const onMap = map.contains(event.target) || event.target === document.body;
  if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (event.key.indexOf("Arrow") === 0 && !onMap) return;
  event.preventDefault();
  keys[event.key]();
});
