/* The map as `view` shows it: areas, names, and markers that find their places. */
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
  const shown = data.title || now;
  const title = data.number ? say(data, "numbered", { number: data.number, title: shown }) : shown;
  $("title").textContent = title;
  document.title = title;
  $("subtitle").textContent = isTyped && now !== first ? say(data, "showing", { title: now }) : "";
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
    const label = { name: data.places[code].name, text: wordsOf(code).join(say(data, "semicolon")) };
    areas[code].setAttribute("aria-label", say(data, "said", label));
  });
}

function wordsOf(code) {
  const lines = [];
  rules.rolesOf(state, code).forEach((pair) => {
    const last = lines[lines.length - 1];
    if (last && last.role === pair.role.id) last.names.push(pair.sector.name);
    else lines.push({ role: pair.role.id, name: pair.role.name, names: [pair.sector.name] });
  });
  if (!lines.length) return [say(data, "no_role")];
  return lines.map((line) => say(data, "said", { name: line.name, text: line.names.join(say(data, "comma")) }));
}

const later = () => {
  if (!pending) pending = window.requestAnimationFrame(() => { pending = 0; draw(); });
};

const vertices = new Map();

/* Whether any of a line is in the window: the legend names no other. */
function isInSight(path) {
  if (!vertices.has(path)) {
    const found = [];
    path.getAttribute("d").split("M").slice(1).forEach((piece) => {
      const numbers = piece.match(/-?\d+/g).map(Number);
      let x = 0;
      let y = 0;
      for (let i = 0; i < numbers.length; i += 2) found.push(x += numbers[i], y += numbers[i + 1]);
    });
    vertices.set(path, found);
  }
  const at = vertices.get(path);
  const wide = width / 2 / view.k;
  const high = height / 2 / view.k;
  for (let i = 0; i < at.length; i += 2) {
    if (Math.abs(at[i] - view.x) < wide && Math.abs(at[i + 1] - view.y) < high) return true;
  }
  return false;
}

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
    lines[key] = shown && isInSight(path);
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
  const isHollow = rules.shownItems(state).some((shown) => shown.item.hollow && shown.item.spots.length);
  Array.prototype.forEach.call(document.querySelectorAll(".inferred"), (line) => {
    line.style.display = isHollow ? "" : "none";
  });
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
      if (far) {  // under the rings
        const leader = svg("path", { "class": "leader", d: "M" + at.join(" ") + "L" + spot.join(" ") });
        parent.insertBefore(leader, parent.firstChild);
      }
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
  const open = () => { showItems(label, shown.map((entry) => entry.item)); show("right"); };
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
  const label = say(data, "items_of", { name: home, n: group.all.length });
  button(drawCount(group.all.length, colour, at[0], at[1], theme, parent), label, group.all);
  drawn.count = true;
  drawn[colour] = true;
}
