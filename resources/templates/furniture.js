/* Legend, scale bar and north arrow, and the map as large as they leave room for. */
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

/* Where the map has no room for the legend, it stands below. */
const isNarrow = () => width < 560;

function furniture(lines, drawn, parent) {
  const group = svg("g", { "class": "furniture" }, parent);
  const taken = [[width - 46, 0, width, 62], [width - 46, height - 152, width, height]];
  clear($("key"));
  if (theme.has.legend) {
    const all = Object.assign({}, lines, drawn);
    const block = drawLegend(rules.legend(state, all), legendColumns, samples, theme, isNarrow() ? $("key") : group);
    if (isNarrow()) {
      $("key").setAttribute("width", block.width);
      $("key").setAttribute("height", block.height);
    } else {
      block.element.setAttribute("transform", "translate(8 " + (height - block.height - 8) + ")");
      taken.push([0, height - block.height - 12, block.width + 14, height]);
    }
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

/* The whole body as large as possible beside the legend: centred, or towards the upper right. */
function fit() {
  const body = data.body;
  const entries = rules.legend(state, expected());
  let best = null;
  columnsOf(entries).forEach((block, index) => {
    if (index && (block.width > 0.7 * width || !theme.has.legend)) return;
    if (index && isNarrow()) return;
    const found = beside(body, theme.has.legend && !isNarrow() ? [block.width + 20, block.height + 20] : [0, 0]);
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
  let spots = 0;
  rules.shownItems(state).filter((shown) => shown.item.spots.length).forEach((shown) => {
    [shown.item.shape, shown.item.hollow ? "hollow" : "solid", shown.colour].forEach((key) => { drawn[key] = true; });
    spots += shown.item.spots.length;
  });
  drawn.count = spots > 1;
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
