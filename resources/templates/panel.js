/* What is said of a place: the tip at the pointer, and the list. */
function codeAt(target) {
  for (let node = target; node && node !== map; node = node.parentNode) {
    if (node.tip) return { tip: node.tip };
    if (node.dataset && node.dataset.code) return { tip: [data.places[node.dataset.code].name].concat(wordsOf(node.dataset.code)), code: node.dataset.code };
  }
  return null;
}

function showTip(lines, x, y) {
  const tip = $("tip");
  clear(tip);
  lines.forEach((line, index) => html(index ? "div" : "b", "", line, tip));
  tip.style.display = "block";
  tip.style.left = Math.max(4, Math.min(x + 14, window.innerWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = Math.max(4, Math.min(y + 14, window.innerHeight - tip.offsetHeight - 8)) + "px";
}

function hideTip() {
  $("tip").style.display = "none";
  highlight(null);
}

function highlight(code) {
  $("hover").setAttribute("d", code ? areas[code].getAttribute("d") : "");
}

function pointTip(event) {
  const found = codeAt(event.target);
  if (!found) { hideTip(); return; }
  showTip(found.tip, event.clientX, event.clientY);
  highlight(found.code || null);
}

map.addEventListener("focusin", (event) => {
  const found = codeAt(event.target);
  if (!found || drag) return;
  const corner = map.getBoundingClientRect();
  const at = found.code ? px(data.places[found.code].x, data.places[found.code].y) : null;
  const spot = event.target.getBoundingClientRect();
  showTip(found.tip, at ? corner.left + at[0] : spot.right, at ? corner.top + at[1] : spot.bottom);
  highlight(found.code || null);
});
map.addEventListener("focusout", hideTip);

function showPanel() {
  const panel = $("panel");
  clear(panel);
  panel.parentNode.className = state.place ? "" : "overview";
  if (state.place) {
    html("h2", "", data.places[state.place].name, panel).tabIndex = -1;
    html("p", "hint", say(data, "source", { title: data.plan.heading }), panel);
    panel.appendChild(cityList(data, rules, samples, state.place));
  } else {
    html("h2", "", data.zoomed ? data.place : say(data, "prefectures"), panel);
    html("p", "hint", say(data, "click"), panel);
    const list = html("ul", "cities", "", panel);
    const rings = rules.rings(state);
    Object.keys(areas).forEach((code) => {
      const entry = html("button", "", "", html("li", "", "", list));
      entry.type = "button";
      html("span", "", data.places[code].name, entry);
      const chips = html("span", "chips", "", entry);
      if (theme.bw && rings[code]) {  // there are more sectors than hatchings
        const ring = svg("svg", { width: 18, height: 18, "aria-hidden": "true" }, chips);
        drawRing(rings[code], 9, 9, 8.5, theme, ring);
      } else if (!theme.bw || rules.style(state) !== "glyphs") {
        rules.rolesOf(state, code).forEach((pair) => chip([rules.fillOf(state, pair)], samples, chips));
      }
      entry.title = wordsOf(code).join("\n");
      entry.addEventListener("click", () => select(code));
    });
  }
  $("back").style.display = state.place ? "" : "none";
  panel.parentNode.scrollTop = 0;
}

function showItems(label, items) {
  const panel = $("panel");
  clear(panel);
  panel.parentNode.className = "";
  html("h2", "", items.length === 1 ? say(data, "item") : label, panel);
  items.forEach((item) => panel.appendChild(itemEntry(data, item)));
  $("back").style.display = "";
  panel.parentNode.scrollTop = 0;
}

function select(code) {
  state.place = code;
  $("selected").setAttribute("d", code ? areas[code].getAttribute("d") : "");
  $("city").value = code || "";
  Object.keys(areas).forEach((other) => areas[other].setAttribute("aria-pressed", String(other === code)));
  showPanel();
}

/* Where the parts of the page stand below each other, what was asked for comes into sight. */
function show(part) {
  if (window.matchMedia("(max-width: 1000px)").matches) $(part).scrollIntoView();
}

map.addEventListener("click", (event) => {
  if (moved) return;
  const found = codeAt(event.target);
  select(found && found.code ? found.code : null);
  if (state.place) show("right");
});
map.addEventListener("keydown", (event) => {
  const found = codeAt(event.target);
  if (found && found.code && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    select(found.code);
    show("right");
  }
});

$("back").addEventListener("click", () => { select(null); show("stage"); });
$("print").addEventListener("click", () => window.print());
Object.keys(areas).forEach((code) => { html("option", "", data.places[code].name, $("city")).value = code; });
$("city").addEventListener("change", () => select($("city").value || null));

buildSwitches();
changed();
showPanel();
resize();
if (data.view.place) select(data.view.place);
window.addEventListener("resize", resize);
