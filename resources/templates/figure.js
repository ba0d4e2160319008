/* The page: switches, map, tip, list. Everything is redrawn from `state`, `view` and the facts. */
(function () {
  "use strict";
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

  // --- the switches ---

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
    html("th", "", "产业", head).scope = "col";
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
        const cell = html("td", "", sector.items + " 项", row);
        cell.colSpan = Math.max(1, data.roles.length);
        return;
      }
      data.roles.forEach((role) => {
        const own = sector.roles.filter((other) => other.id === role.id)[0];
        const cell = html("td", "", "", row);
        if (!own) return;
        const inner = html("label", "", "", cell);
        inner.title = sector.name + "：" + role.name + "（" + own.count + "）";
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

  // --- the map ---

  function changed() {
    showSwitches();
    showTitle();
    paintAreas();
    if (!state.place) showPanel();
    if (view.fitted) fit();
    draw();
  }

  function showTitle() {
    const now = rules.title(state);
    const title = (data.number ? data.number + "　" : "") + (data.title || now);
    $("title").textContent = title;
    document.title = title;
    $("subtitle").textContent = isTyped && now !== first ? "当前显示：" + now : "";
    Array.prototype.forEach.call(document.querySelectorAll(".inferred"), (line) => {
      line.style.display = state.layers.sites || state.layers.projects ? "" : "none";
    });
  }

  function paintAreas() {
    const fills = rules.areaFills(state);
    clear($("overlays"));
    Object.keys(areas).forEach((code) => {
      const paints = patterns.paints(fills[code] || [{ colour: theme.rest }]);
      areas[code].setAttribute("fill", paints[0]);
      paints.slice(1).forEach((paint) => {
        svg("path", { d: areas[code].getAttribute("d"), fill: paint, "fill-rule": "evenodd" }, $("overlays"));
      });
      areas[code].setAttribute("aria-label", data.places[code].name + "：" + wordsOf(code).join("；"));
    });
  }

  function wordsOf(code) {
    const lines = [];
    rules.rolesOf(state, code).forEach((pair) => {
      const last = lines[lines.length - 1];
      if (last && last.role === pair.role.id) last.names.push(pair.sector.name);
      else lines.push({ role: pair.role.id, name: pair.role.name, names: [pair.sector.name] });
    });
    return lines.length ? lines.map((line) => line.name + "：" + line.names.join("、")) : ["所显示的产业在这里没有角色"];
  }

  const later = () => {
    if (!pending) pending = window.requestAnimationFrame(() => { pending = 0; draw(); });
  };

  function draw() {
    map.setAttribute("viewBox", "0 0 " + width + " " + height);
    const origin = px(0, 0);
    land.setAttribute("transform", "translate(" + origin[0] + " " + origin[1] + ") scale(" + view.k + ")");
    patterns.scale(1 / view.k);
    const near = 1 / view.k < theme.countyUnits;
    const lines = { province: true, prefecture: true };
    Array.prototype.forEach.call(document.querySelectorAll("#lines path"), (path) => {
      const key = path.dataset.key;
      const shown = key === "county" ? near || data.zoomed
        : key.indexOf("region:") === 0 ? state.layers.regions === true : true;
      path.style.display = shown ? "" : "none";
      lines[key] = shown;
    });
    clear($("marks"));
    const shownMarks = $("marks");
    const frame = furniture(lines, {}, shownMarks);
    const taken = frame.taken;
    const rings = rules.rings(state);
    const radius = ringRadius(Object.keys(rings));
    Object.keys(rings).forEach((code) => {
      const at = px(data.places[code].x, data.places[code].y);
      const ring = drawRing(rings[code], at[0], at[1], radius, theme, shownMarks);
      ring.dataset.code = code;
      taken.push([at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius]);
    });
    const ringed = Object.keys(rings).length > 0;
    const names = data.labels.filter((label) => label.rank === 1 || (label.rank === 2 && (near || data.zoomed)));
    names.forEach((label) => drawName(label, ringed ? radius : 0, taken, shownMarks));
    const drawn = drawMarkers(taken, shownMarks);
    data.labels.filter((label) => label.rank === 3).forEach((label) => drawName(label, 0, taken, shownMarks));
    shownMarks.removeChild(frame.element);
    furniture(lines, drawn, shownMarks);
  }

  function ringRadius(codes) {
    let nearest = 1e9;
    codes.forEach((a, i) => codes.slice(0, i).forEach((b) => {
      const p = data.places[a];
      const q = data.places[b];
      nearest = Math.min(nearest, Math.hypot(p.x - q.x, p.y - q.y));
    }));
    return Math.max(1.2 * MM, Math.min(5.2 * MM, 0.46 * nearest * view.k));
  }

  function drawName(label, radius, taken, parent) {
    const at = px(label.x, label.y);
    const size = label.size * PX;
    const suffix = label.rank === 1 ? rules.numbersOf(state, label.code) : "";
    const text = label.text + (suffix ? " " + suffix : "");
    const wide = textWidth(text, size) / 2 + 1;
    const high = size * 0.6;
    const step = radius ? radius + high + 1 : high * 2.2;
    const side = (radius || 6) + wide + 3;
    const spots = [[0, step], [0, -step], [side, 0], [-side, 0], [side * 0.8, step * 0.8], [-side * 0.8, step * 0.8],
      [side * 0.8, -step * 0.8], [-side * 0.8, -step * 0.8]];
    if (!radius) spots.unshift([0, 0]);
    for (let i = 0; i < spots.length; i += 1) {
      const x = at[0] + spots[i][0];
      const y = at[1] + spots[i][1];
      const area = [x - wide, y - high, x + wide, y + high];
      if (label.rank === 2 && wide > label.room * view.k * 1.6) return;
      if (area[0] > 2 && area[1] > 2 && area[2] < width - 2 && area[3] < height - 2 && !taken.some((o) => over(o, area))) {
        taken.push(area);
        svg("text", {
          "class": "name", x: x, y: y + size * 0.36, "font-size": size, fill: label.colour, "text-anchor": "middle",
        }, parent).textContent = text;
        return;
      }
    }
  }

  /* Markers of a county, of those without room of a prefecture: side by side, or as a count. */
  function drawMarkers(taken, parent) {
    const counties = {};
    const wider = {};
    const drawn = {};
    rules.shownItems(state).forEach((shown) => shown.item.spots.forEach((spot) => {
      const at = px(spot.x, spot.y);
      if (at[0] < 0 || at[1] < 0 || at[0] > width || at[1] > height) return;
      const key = spot.room ? spot.place : spot.place + "@" + spot.x + "," + spot.y;
      const group = /00$/.test(spot.place) && spot.room ? wider : counties;
      (group[key] = group[key] || { x: spot.x, y: spot.y, room: spot.room, place: spot.place, all: [] }).all.push(shown);
    }));
    Object.keys(counties).forEach((key) => {
      const group = counties[key];
      if (place(group, group.room * view.k, taken, drawn, parent)) return;
      const code = group.place.slice(0, 4) + "00";
      const home = data.places[code];
      wider[code] = wider[code] || { x: home.x, y: home.y, room: home.room, place: code, all: [] };
      wider[code].all = wider[code].all.concat(group.all);
    });
    Object.keys(wider).forEach((key) => {
      const group = wider[key];
      if (!place(group, Math.max(18, group.room * view.k), taken, drawn, parent)) {
        place(group, 90, taken, drawn, parent, true);
      }
    });
    return drawn;
  }

  function place(group, reach, taken, drawn, parent, far) {
    const at = px(group.x, group.y);
    const cell = theme.symbolSize * PX + 3.6;
    const number = group.all.length;
    const columns = number <= 24 && !far ? Math.ceil(Math.sqrt(number * 1.5)) : 0;
    const forms = [];
    if (columns) forms.push({ columns: columns, size: [columns * cell, Math.ceil(number / columns) * cell] });
    if (number > 1) forms.push({ columns: 0, size: [pillWidth(number) + 2, 17] });
    if (far && number === 1) forms.push({ columns: 1, size: [cell, cell] });
    for (let index = 0; index < forms.length; index += 1) {
      const form = forms[index];
      const half = [form.size[0] / 2, form.size[1] / 2];
      const spot = freeSpot(at, half, reach, taken, form.columns ? cell : 2 * Math.max(half[0], half[1]), far ? null : group.place);
      if (spot) {
        taken.push([spot[0] - half[0], spot[1] - half[1], spot[0] + half[0], spot[1] + half[1]]);
        if (far) svg("path", { "class": "leader", d: "M" + at.join(" ") + "L" + spot.join(" ") }, parent);
        if (form.columns) drawBlock(group.all, spot, form.columns, cell, drawn, parent);
        else drawPill(group, spot, drawn, parent);
        return true;
      }
    }
    return false;
  }

  /* The nearest spot for a box around which nothing else is, with the middles of its symbols inside the place. */
  function freeSpot(at, half, reach, taken, cell, code) {
    const arm = [Math.max(0, half[0] - cell / 2), Math.max(0, half[1] - cell / 2)];
    const corner = Math.hypot(arm[0], arm[1]);
    for (let ring = 0; ring <= 10; ring += 1) {
      const distance = reach * ring / 10;
      if (ring && distance + corner > reach + 0.01) return null;
      for (let turn = 0; turn < (ring ? 16 : 1); turn += 1) {
        const angle = Math.PI / 2 + turn * Math.PI / 8;
        const x = at[0] + distance * Math.cos(angle);
        const y = at[1] + distance * Math.sin(angle);
        const area = [x - half[0], y - half[1], x + half[0], y + half[1]];
        const inside = area[0] > 1 && area[1] > 1 && area[2] < width - 1 && area[3] < height - 1;
        if (inside && !taken.some((other) => over(other, area)) && within(code, x, y, arm)) return [x, y];
      }
    }
    return null;
  }

  function within(code, x, y, arm) {
    const area = code && areas[code.slice(0, 4) + "00"];
    if (!area || !area.isPointInFill) return true;
    return [[-1, -1], [1, -1], [1, 1], [-1, 1]].every((turn) => {
      const point = map.createSVGPoint();
      point.x = view.x + (x + turn[0] * arm[0] - width / 2) / view.k;
      point.y = view.y + (y + turn[1] * arm[1] - height / 2) / view.k;
      return area.isPointInFill(point);
    });
  }

  function button(group, label, shown) {
    group.setAttribute("class", "marker");
    group.setAttribute("tabindex", "0");
    group.setAttribute("role", "button");
    group.setAttribute("aria-label", label);
    const open = () => showItems(label, shown.map((entry) => entry.item));
    group.addEventListener("click", (event) => { event.stopPropagation(); if (!moved) open(); });
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); }
    });
    group.tip = [label];
  }

  function drawBlock(all, at, columns, cell, drawn, parent) {
    const rows = Math.ceil(all.length / columns);
    all.forEach((shown, index) => {
      const x = at[0] + cell * (index % columns + 0.5 - columns / 2);
      const y = at[1] + cell * (Math.floor(index / columns) + 0.5 - rows / 2);
      const item = shown.item;
      const symbol = { shape: item.shape, hollow: item.hollow, colour: shown.colour };
      button(drawSymbol(symbol, x, y, theme.symbolSize * PX, theme, parent), item.name, [shown]);
      [item.shape, item.hollow ? "hollow" : "solid", shown.colour].forEach((key) => { drawn[key] = true; });
    });
  }

  function drawPill(group, at, drawn, parent) {
    const colours = {};
    group.all.forEach((shown) => { colours[shown.colour] = true; });
    const colour = Object.keys(colours).length === 1 ? group.all[0].colour : theme.ink;
    const home = data.places[group.place.slice(0, 4) + "00"].name;
    const label = home + "：" + group.all.length + " 个园区和项目";
    button(drawCount(group.all.length, colour, at[0], at[1], theme, parent), label, group.all);
    drawn.count = true;
    drawn[colour] = true;
  }

  // --- legend, scale bar, north arrow ---

  function columnsOf(entries) {
    const blocks = [];
    for (let number = 1; number <= 3; number += 1) {
      const block = drawLegend(entries, number, samples, theme, map);
      map.removeChild(block.element);
      blocks.push(block);
    }
    return blocks;
  }

  let legendColumns = 1;

  function furniture(lines, drawn, parent) {
    const group = svg("g", { "class": "furniture" }, parent);
    const taken = [[width - 46, 0, width, 62], [width - 46, height - 152, width, height]];
    if (theme.has.legend) {
      const all = Object.assign({}, lines, drawn);
      const block = drawLegend(rules.legend(state, all), legendColumns, samples, theme, group);
      block.element.setAttribute("transform", "translate(8 " + (height - block.height - 8) + ")");
      taken.push([0, height - block.height - 12, block.width + 14, height]);
    }
    if (theme.has.north) {
      const north = svg("g", { transform: "translate(" + (width - 24) + " 38)" }, group);
      svg("path", { d: "M0-14L-9 14L0 7Z", fill: theme.ink, stroke: theme.ink }, north);
      svg("path", { d: "M0-14L9 14L0 7Z", fill: theme.paper, stroke: theme.ink }, north);
      svg("text", { "class": "name", y: -18, "text-anchor": "middle", "font-size": 11 }, north)
        .textContent = theme.northWords;
    }
    if (theme.has.scale) taken.push(scaleBar(group));
    return { element: group, taken: taken };
  }

  function scaleBar(group) {
    const target = Math.min(187, width / 6) / view.k * data.unit;
    const power = Math.pow(10, Math.floor(Math.log10(target)));
    const metres = [5, 2, 1].filter((lead) => lead * power <= target)[0] * power;
    const length = metres / data.unit * view.k;
    const words = metres >= 1000 ? metres / 1000 + " km" : metres + " m";
    const x = width - 24 - length;
    const y = height - 12;
    const bar = svg("g", { "class": "scale" }, group);
    bar.dataset.metres = metres;
    svg("rect", { x: x, y: y - 4, width: length / 2, height: 4, fill: theme.ink }, bar);
    svg("rect", {
      "class": "bar", x: x, y: y - 4, width: length, height: 4, fill: "none", stroke: theme.ink, "stroke-width": 0.8,
    }, bar);
    svg("rect", { x: x + length / 2, y: y - 3.6, width: length / 2 - 0.4, height: 3.2, fill: theme.paper }, bar);
    [[x, "0"], [x + length, words]].forEach((end) => {
      svg("text", { "class": "name", x: end[0], y: y - 8, "text-anchor": "middle", "font-size": 9.5 }, bar)
        .textContent = end[1];
    });
    return [x - 6, y - 20, width, height];
  }

  // --- moving ---

  /* The whole body as large as possible beside the legend: centred, or towards the upper right. */
  function fit() {
    const body = data.body;
    const entries = rules.legend(state, expected());
    let best = null;
    columnsOf(entries).forEach((block, index) => {
      if (index && (block.width > 0.7 * width || !theme.has.legend)) return;
      const clear = theme.has.legend ? [block.width + 20, block.height + 20] : [0, 0];
      const found = beside(body, clear);
      if (!best || found.k > best.k * 1.001) best = Object.assign(found, { columns: index + 1 });
    });
    view.k = best.k;
    view.x = (width / 2 - best.x) / best.k;
    view.y = (height / 2 - best.y) / best.k;
    view.fitted = true;
    legendColumns = best.columns;
  }

  /* What a map of the whole has, before its markers have found their places. */
  function expected() {
    const drawn = { province: true, prefecture: true, neighbour: true, county: data.zoomed, focus: true };
    data.lines.forEach((line) => { if (/^region:/.test(line.key)) drawn[line.key] = state.layers.regions; });
    const places = {};
    rules.shownItems(state).filter((shown) => shown.item.located).forEach((shown) => {
      [shown.item.shape, shown.item.hollow ? "hollow" : "solid", shown.colour].forEach((key) => { drawn[key] = true; });
      shown.item.spots.forEach((spot) => {
        if (places[spot.place]) drawn.count = true;
        places[spot.place] = true;
      });
    });
    return drawn;
  }

  function beside(body, keep) {
    const pad = 14;
    const wide = width - 2 * pad;
    const high = height - 2 * pad;
    let k = Math.min(wide / (body.right - body.left), high / (body.bottom - body.top));
    const least = k * 0.6;
    for (;; k *= 0.98) {
      for (let share = 0.5; share <= 1; share += 0.25) {
        const x = pad + (wide - (body.right - body.left) * k) * share - body.left * k;
        const y = pad + (high - (body.bottom - body.top) * k) * (1 - share) - body.top * k;
        const hits = body.front.some((p) => x + p[0] * k < keep[0] && y + p[1] * k > height - keep[1]);
        if (!hits || (k < least && share === 1)) return { k: k, x: x, y: y };
      }
    }
  }

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
  map.addEventListener("pointerdown", (event) => {
    moved = false;
    if (event.button === 0) drag = { x: event.clientX, y: event.clientY };
  });
  map.addEventListener("pointermove", (event) => {
    if (drag && (moved || Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 4)) {
      if (!moved) { map.setPointerCapture(event.pointerId); map.classList.add("moving"); }
      moved = true;
      pan(event.clientX - drag.x, event.clientY - drag.y);
      drag = { x: event.clientX, y: event.clientY };
    }
    if (drag) hideTip(); else pointTip(event);
  });
  const drop = () => { drag = null; map.classList.remove("moving"); };
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

  // --- tip ---

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

  // --- the list ---

  function showPanel() {
    const panel = $("panel");
    clear(panel);
    panel.parentNode.className = state.place ? "" : "overview";
    if (state.place) {
      html("h2", "", data.places[state.place].name, panel).tabIndex = -1;
      html("p", "hint", "依据：《" + data.plan.heading + "》", panel);
      panel.appendChild(cityList(data, rules, samples, state.place));
    } else {
      html("h2", "", data.zoomed ? data.place : "各市（州）", panel);
      html("p", "hint", "点地图或下面的名称，看这份规划写到的角色、重点、园区和项目。", panel);
      const list = html("ul", "cities", "", panel);
      Object.keys(areas).forEach((code) => {
        const entry = html("button", "", "", html("li", "", "", list));
        entry.type = "button";
        html("span", "", data.places[code].name, entry);
        const chips = html("span", "chips", "", entry);
        rules.rolesOf(state, code).forEach((pair) => chip([rules.fillOf(state, pair)], samples, chips));
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
    html("h2", "", items.length === 1 ? "园区或项目" : label, panel);
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

  map.addEventListener("click", (event) => {
    if (moved) return;
    const found = codeAt(event.target);
    select(found && found.code ? found.code : null);
  });
  map.addEventListener("keydown", (event) => {
    const found = codeAt(event.target);
    if (found && found.code && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      select(found.code);
    }
  });
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
  $("back").addEventListener("click", () => select(null));
  $("print").addEventListener("click", () => window.print());
  Object.keys(areas).forEach((code) => { html("option", "", data.places[code].name, $("city")).value = code; });
  $("city").addEventListener("change", () => select($("city").value || null));

  buildSwitches();
  changed();
  showPanel();
  resize();
  if (data.view.place) select(data.view.place);
  window.addEventListener("resize", resize);
}());
