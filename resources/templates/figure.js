/* The page: its state, the switches, what changes with them. Everything is redrawn from `state`, `view` and the facts. */
const data = JSON.parse(document.getElementById("facts").textContent);
const rules = figureRules(data);
const theme = data.theme;
const $ = (id) => document.getElementById(id);
const map = $("map");
const land = $("land");
const patterns = patternSet($("patterns"), "m", theme);
const samples = patternSet($("samples"), "s", theme);
const areas = {};
Array.prototype.forEach.call(document.querySelectorAll("#areas path"), (path) => { areas[path.dataset.code] = path; });
const state = { on: {}, layers: {}, style: data.view.style, place: null };
data.view.on.forEach((key) => { state.on[key] = true; });
data.view.layers.forEach((layer) => { state.layers[layer] = true; });
const first = rules.title(state);
const isTyped = data.title !== "";
const view = { k: 0.06, x: 0, y: 0, fitted: true };
let width = 800;
let height = 600;
let pending = 0;

const px = (x, y) => [width / 2 + (x - view.x) * view.k, height / 2 + (y - view.y) * view.k];
const over = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

const boxes = [];

function box(parent, label, isOn, change) {
  const input = html("input", "", "", parent);
  input.type = "checkbox";
  input.setAttribute("aria-label", label);
  input.addEventListener("change", () => { change(input.checked); changed(); });
  boxes.push({ input: input, isOn: isOn });
  return input;
}

function buildSwitches() {
  const table = $("sectors");
  const head = html("tr", "", "", html("thead", "", "", table));
  html("th", "", say(data, "sector"), head).scope = "col";
  data.roles.forEach((role) => { html("th", "role", role.name, head).scope = "col"; });
  const body = html("tbody", "", "", table);
  data.sectors.forEach((sector) => {
    const row = html("tr", "", "", body);
    const name = html("th", "", "", row);
    name.scope = "row";
    const label = html("label", "", "", name);
    const count = () => sector.roles.filter((role) => rules.isOn(state, role)).length;
    box(label, sector.name, () => [count() > 0, count() > 0 && count() < sector.roles.length], (on) => {
      sector.roles.forEach((role) => { state.on[role.key] = on; });
    }).dataset.sector = sector.id;
    if (!theme.bw) chip([{ colour: sector.bare ? sector.itemColour : sector.colour }], samples, label);
    html("span", "", sector.name, label);
    if (sector.bare) {
      const cell = html("td", "", say(data, "items", { n: sector.items }), row);
      cell.colSpan = Math.max(1, data.roles.length);
      return;
    }
    data.roles.forEach((role) => {
      const own = sector.roles.filter((other) => other.id === role.id)[0];
      const cell = html("td", "", "", row);
      if (!own) return;
      const inner = html("label", "", "", cell);
      inner.title = say(data, "switch", { sector: sector.name, role: role.name, count: own.count });
      box(inner, inner.title, () => [rules.isOn(state, own), false], (on) => { state.on[own.key] = on; })
        .dataset.pair = own.key;
      if (!theme.bw) chip([own.fills[0]], samples, inner);
      html("span", "", String(own.count), inner);
    });
  });
  data.layers.forEach((layer) => {
    const label = html("label", "layer", "", $("layers"));
    box(label, layer.name, () => [state.layers[layer.id] === true, false], (on) => { state.layers[layer.id] = on; })
      .dataset.layer = layer.id;
    html("span", "", layer.name, label);
  });
  const all = (on) => () => {
    data.sectors.forEach((sector) => sector.roles.forEach((role) => { state.on[role.key] = on; }));
    changed();
  };
  $("all").addEventListener("click", all(true));
  $("none").addEventListener("click", all(false));
}

function showSwitches() {
  boxes.forEach((entry) => {
    const on = entry.isOn();
    entry.input.checked = on[0];
    entry.input.indeterminate = on[1];
  });
}
