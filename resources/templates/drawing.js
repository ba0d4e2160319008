/* How fills, rings, symbols, legends and lists look; sizes in CSS pixels. All text is set as text, never as markup. */
const PX = 4 / 3;           // pixels in a point
const MM = 96 / 25.4;       // pixels in a millimetre

function svg(tag, attributes, parent) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.keys(attributes || {}).forEach((name) => element.setAttribute(name, attributes[name]));
  if (parent) parent.appendChild(element);
  return element;
}

function html(tag, className, text, parent) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
}

function clear(element) {
  while (element.firstChild) element.removeChild(element.firstChild);
}

/* Hatching and stripes as patterns, made when first used. `scale` keeps their lines as far apart at every zoom. */
function patternSet(defs, prefix, theme) {
  const known = {};
  let factor = 1;

  function hatch(pattern, fill, turn, top, height, width) {
    if (!fill.hatch) return;
    const across = Math.abs(Math.sin((-fill.hatch.angle - turn) * Math.PI / 180)) > 0.5;
    const line = fill.hatch.width * PX;
    const box = across ? { x: width / 2 - line / 2, y: top, width: line, height: height }
      : { x: 0, y: top + height / 2 - line / 2, width: width, height: line };
    svg("rect", Object.assign({ fill: fill.hatch.colour }, box), pattern);
  }

  function make(fills, id) {
    const hatched = fills.filter((fill) => fill.hatch)[0];
    const single = fills.length === 1;
    const turn = single ? -fills[0].hatch.angle : 45;
    const step = single ? fills[0].hatch.spacing * MM : theme.stripe * MM;
    const width = hatched ? hatched.hatch.spacing * MM : step;
    const pattern = svg("pattern", {
      id: id, patternUnits: "userSpaceOnUse", width: width, height: step * fills.length,
    }, defs);
    fills.forEach((fill, index) => {
      if (!fill.bare) svg("rect", { x: -1, y: index * step, width: width + 2, height: step + 0.2, fill: fill.colour }, pattern);
    });
    fills.forEach((fill, index) => hatch(pattern, fill, turn, index * step, step, width));
    return { pattern: pattern, turn: turn };
  }

  function place(entry) {
    entry.pattern.setAttribute("patternTransform", "scale(" + factor + ") rotate(" + entry.turn + ")");
  }

  return {
    /* The paints to lay over each other: in black and white several hatchings are not stripes. */
    paints(fills) {
      const overlay = fills.length > 1 && fills.every((fill) => fill.hatch && fill.colour === theme.paper);
      if (!overlay) return [this.paint(fills)];
      return [theme.paper].concat(fills.map((fill) => this.paint([Object.assign({ bare: true }, fill)])));
    },
    paint(fills) {
      if (fills.length === 1 && !fills[0].hatch) return fills[0].colour;
      const key = JSON.stringify(fills);
      if (!known[key]) {
        known[key] = make(fills, prefix + Object.keys(known).length);
        place(known[key]);
      }
      return "url(#" + known[key].pattern.id + ")";
    },
    scale(value) {
      factor = value;
      Object.keys(known).forEach((key) => place(known[key]));
    },
  };
}

function pathOf(points) {
  return "M" + points.map((point) => point[0].toFixed(2) + " " + point[1].toFixed(2)).join("L") + "Z";
}

function segmentPath(index, number, level, radius, hole) {
  const gap = number > 1 ? 0.05 : 0;
  const start = 2 * Math.PI * index / number + gap - Math.PI / 2;
  const end = 2 * Math.PI * (index + 1) / number - gap - Math.PI / 2;
  const inner = radius * hole;
  const outer = inner + (radius - inner) * level;
  const steps = Math.max(4, Math.ceil((end - start) / 0.12));
  const out = [];
  const back = [];
  for (let step = 0; step <= steps; step += 1) {
    const angle = start + (end - start) * step / steps;
    out.push([outer * Math.cos(angle), outer * Math.sin(angle)]);
    back.unshift([inner * Math.cos(angle), inner * Math.sin(angle)]);
  }
  return pathOf(out.concat(back));
}

function drawRing(segments, x, y, radius, theme, parent) {
  const ring = svg("g", { "class": "ring", transform: "translate(" + x + " " + y + ")" }, parent);
  segments.forEach((segment, index) => {
    const whole = segmentPath(index, segments.length, 1, radius, theme.hole);
    svg("path", { d: whole, fill: theme.paper }, ring);
    if (segment.level) {
      const part = segmentPath(index, segments.length, segment.level, radius, theme.hole);
      svg("path", { d: part, fill: segment.colour }, ring);
    }
    const rim = segment.level ? segment.colour : theme.absent;
    svg("path", { d: whole, fill: "none", stroke: rim, "stroke-width": 0.4 * PX }, ring);
  });
  return ring;
}

function drawSymbol(symbol, x, y, size, theme, parent) {
  const group = svg("g", { transform: "translate(" + x + " " + y + ")" }, parent);
  const half = (symbol.hollow ? size - 0.8 : size) / 2;
  const rings = symbol.shape === "pair" ? theme.pair
    : [theme.symbols.filter((entry) => entry.shape === symbol.shape)[0].corners];
  const d = rings.map((ring) => pathOf(ring.map((corner) => [corner[0] * half, corner[1] * half]))).join("");
  svg("path", { d: d, fill: "none", stroke: theme.paper, "stroke-width": (symbol.hollow ? 3 : 2) * PX }, group);
  svg("path", symbol.hollow ? { d: d, fill: theme.paper, stroke: symbol.colour, "stroke-width": 1.2 * PX }
    : { d: d, fill: symbol.colour }, group);
  return group;
}

const pillWidth = (words) => Math.max(14.5, String(words).length * 5.6 + 9);

function drawCount(words, colour, x, y, theme, parent) {
  const width = pillWidth(words);
  const group = svg("g", { transform: "translate(" + x + " " + y + ")" }, parent);
  svg("rect", {
    x: -width / 2, y: -7.25, width: width, height: 14.5, rx: 7.25, fill: theme.paper, stroke: colour, "stroke-width": 1.4,
  }, group);
  svg("text", { "class": "count", "text-anchor": "middle", y: 3.3, "font-size": 9.2 }, group).textContent = words;
  return group;
}

const pen = document.createElement("canvas").getContext("2d");

function textWidth(text, size, bold) {
  pen.font = (bold ? "bold " : "") + size + "px " + FONTS;
  return pen.measureText(text).width;
}

const FONTS = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","SimHei",sans-serif';

/* The legend as a group with its top left corner at 0, 0: {element, width, height}. */
function drawLegend(entries, columns, patterns, theme, parent) {
  const size = entries.length > 16 ? 10.5 : 11.5;
  const line = size * 1.65;
  const pad = 10;
  const sampleWidth = 26;
  const group = svg("g", { "class": "legend", role: "img", "aria-label": theme.legendTitle }, parent);
  const back = svg("rect", { fill: theme.paper, stroke: "#969696", "stroke-width": 0.6 }, group);
  const write = (text, x, y, bold, points) => {
    const attributes = { x: x, y: y, "font-size": points };
    if (bold) attributes["font-weight"] = "bold";
    svg("text", attributes, group).textContent = text;
  };
  write(theme.legendTitle, pad, pad + 11, true, size * 1.1);
  let x = pad;
  let rest = entries;
  let longest = 0;
  for (let left = columns; left > 0; left -= 1) {
    let cut = Math.ceil(rest.length / left);
    if (cut > 0 && cut < rest.length && !rest[cut - 1].sample) cut -= 1;
    const column = rest.slice(0, cut);
    rest = rest.slice(cut);
    longest = Math.max(longest, column.length);
    let wide = 0;
    column.forEach((entry, index) => {
      const y = pad + 20 + index * line;
      if (entry.sample) drawSample(entry.sample, x, y + 2, sampleWidth, line - 5, patterns, theme, group);
      const start = entry.sample ? sampleWidth + 7 : 0;
      write(entry.text, x + start, y + line / 2 + size * 0.34, !entry.sample, size);
      wide = Math.max(wide, start + textWidth(entry.text, size, !entry.sample));
    });
    x += wide + 1.6 * pad;
  }
  const width = Math.max(x - 0.6 * pad, 60);
  const height = pad + 20 + longest * line + pad * 0.6;
  back.setAttribute("width", width);
  back.setAttribute("height", height);
  return { element: group, width: width, height: height };
}

function drawSample(sample, x, y, width, height, patterns, theme, parent) {
  const middle = y + height / 2;
  if (sample.fills) {
    patterns.paints(sample.fills).forEach((paint) => svg("rect", {
      "class": "sample", x: x, y: y, width: width, height: height, fill: paint, stroke: "#969696", "stroke-width": 0.5,
    }, parent));
  }
  if (sample.ring) drawRing(sample.ring, x + width / 2, middle, height * 0.56, theme, parent);
  if (sample.symbol) drawSymbol(sample.symbol, x + width / 2, middle, theme.symbolSize * PX, theme, parent);
  if (sample.count) drawCount(sample.count, theme.ink, x + width / 2, middle, theme, parent);
  if (sample.stroke) {
    svg("path", {
      d: "M" + x + " " + middle + "h" + width, fill: "none", stroke: sample.stroke.colour,
      "stroke-width": sample.stroke.width * PX, "stroke-dasharray": sample.stroke.dash.map((part) => part * PX).join(" "),
    }, parent);
  }
}

/* A small sample of fills as an element of its own. */
function chip(fills, patterns, parent) {
  const box = svg("svg", { "class": "chip", width: 18, height: 12, "aria-hidden": "true" }, parent);
  svg("rect", { x: 0.5, y: 0.5, width: 17, height: 11, fill: patterns.paint(fills), stroke: "#969696" }, box);
  return box;
}

/* Everything the plan says of a prefecture, as a list. */
function cityList(data, rules, patterns, code) {
  const box = html("div", "list");
  data.places[code].list.forEach((section) => {
    html("h3", "", section.heading, box);
    section.entries.forEach((found) => {
      const entry = html("div", found.item ? "entry item" : "entry", "", box);
      const pair = found.key && rules.roleOf(found.key);
      if (found.item) markOf(data, rules.itemOf(found.item), entry);
      const head = html("h4", "", "", entry);
      if (pair && !data.theme.bw) chip([pair.role.fills[0]], patterns, head);
      html("span", "", found.title, head);
      if (found.extra) html("span", "extra", found.extra, head);
      rows(data, found, entry);
    });
  });
  if (!box.firstChild) html("p", "hint", say(data, "nothing"), box);
  return box;
}

function itemEntry(data, item) {
  const entry = html("div", "entry item");
  markOf(data, item, entry);
  html("h4", "", item.name, entry);
  rows(data, item, entry);
  return entry;
}

function rows(data, found, parent) {
  found.rows.concat([[say(data, "citation"), found.reference]]).forEach((pair) => {
    const line = html("p", "row", "", parent);
    html("b", "", pair[0], line);
    html("span", "", pair[1], line);
  });
}

function markOf(data, item, parent) {
  const box = svg("svg", { "class": "mark", width: 14, height: 14, "aria-hidden": "true" }, parent);
  const sector = data.sectors.filter((other) => other.id === item.sectors[0])[0];
  const symbol = { shape: item.shape, hollow: item.hollow, colour: sector ? sector.itemColour : data.theme.bareColour };
  drawSymbol(symbol, 7, 7, data.theme.symbolSize * PX, data.theme, box);
}
