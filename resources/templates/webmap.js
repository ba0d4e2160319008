/* Without a network there is no Leaflet, and nothing to see: say why. */
function sayOffline(words) {
  "use strict";
  if (!window.L) document.addEventListener("DOMContentLoaded", () => html("p", "figure-offline", words, document.body));
}

/* The figure on a Leaflet map: one geometry, painted by the sectors that the layer control has on. */
function figureOnMap(map, sectorLayers, itemLayers, data) {
  "use strict";
  const rules = figureRules(data);
  const theme = data.theme;
  const state = { on: {}, layers: {}, style: data.view.style };
  const hidden = svg("svg", { width: 0, height: 0, "aria-hidden": "true", style: "position:absolute" }, document.body);
  const patterns = patternSet(svg("defs", {}, hidden), "w", theme);
  const rings = L.layerGroup().addTo(map);
  const markers = L.layerGroup().addTo(map);
  const names = {};

  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');

  function tipOf(code) {
    const box = html("div");
    html("b", "", data.places[code].name, box);
    rules.rolesOf(state, code).forEach((pair) => (
      html("div", "", say(data, "said", { name: pair.role.name, text: pair.sector.name }), box)));
    return box;
  }

  function popupOf(code) {
    const box = html("div");
    html("h2", "", data.places[code].name, box);
    html("p", "hint", say(data, "source", { title: data.plan.heading }), box);
    box.appendChild(cityList(data, rules, patterns, code));
    return box;
  }

  /* A base map shows inside the province only. */
  if (data.base) {
    const all = [[[-90, -360], [-90, 360], [90, 360], [90, -360]]];
    data.province.coordinates.forEach((part) => all.push(part[0].map((at) => [at[1], at[0]])));
    L.polygon(all, { stroke: false, fillColor: data.outside, fillOpacity: 1, interactive: false }).addTo(map);
  }
  const areas = L.geoJSON(data.geometry, {
    style: () => ({ color: data.border.prefecture, weight: 1, fillOpacity: data.opacity, fillColor: theme.rest }),
    onEachFeature(feature, layer) {
      const code = feature.properties.adcode;
      layer.bindTooltip(() => tipOf(code), { sticky: true });
      layer.bindPopup(() => popupOf(code), { maxWidth: 380, minWidth: 280 });
      layer.on("mouseover", () => layer.setStyle({ weight: 3 }));
      layer.on("mouseout", () => layer.setStyle({ weight: 1 }));
      const place = data.places[code];
      names[code] = L.tooltip({ permanent: true, direction: "center", className: "place-name", interactive: false })
        .setLatLng([place.y, place.x]).setContent(html("span", "", place.label));
      names[code].addTo(map);
    },
  }).addTo(map);
  L.geoJSON(data.province, { interactive: false, style: { color: data.border.province, weight: 2, fill: false } }).addTo(map);
  map.fitBounds(data.bounds, { paddingTopLeft: [12, 56], paddingBottomRight: [12, 24], animate: false });
  map.setMaxBounds(areas.getBounds().pad(0.5)).setMinZoom(map.getBoundsZoom(areas.getBounds()) - 1);

  function icon(box, size) {
    return L.divIcon({ className: "", html: box, iconSize: size, iconAnchor: [size[0] / 2, size[1] / 2] });
  }

  function repaint() {
    state.on = {};
    data.sectors.forEach((sector, index) => sector.roles.forEach((role) => {
      state.on[role.key] = map.hasLayer(sectorLayers[index]) && data.off.indexOf(role.key) < 0;
    }));
    state.layers = {};
    Object.keys(itemLayers).forEach((key) => { state.layers[key] = map.hasLayer(itemLayers[key]); });
    const fills = rules.areaFills(state);
    areas.eachLayer((layer) => {
      const own = fills[layer.feature.properties.adcode] || [{ colour: theme.rest }];
      const paints = patterns.paints(own);
      layer.setStyle({ fillColor: paints[paints.length - 1] });
    });
    rings.clearLayers();
    const ringed = rules.rings(state);
    Object.keys(ringed).forEach((code) => {
      const size = 34;
      const box = svg("svg", { width: size, height: size });
      drawRing(ringed[code], size / 2, size / 2, size / 2 - 1, theme, box);
      const place = data.places[code];
      L.marker([place.y, place.x], { icon: icon(box, [size, size]), interactive: false, keyboard: false }).addTo(rings);
    });
    Object.keys(names).forEach((code) => {
      const suffix = rules.numbersOf(state, code);
      const name = html("div", "", data.places[code].label);
      if (suffix) html("div", "", suffix, name);
      names[code].setContent(name);
      names[code].options.offset = L.point(0, ringed[code] ? 24 : 0);
      names[code].update();
    });
    showLegend(showItems());
    title.textContent = data.title || rules.title(state);
  }

  /* Marks of one prefecture that would lie over each other, or over its ring or name, are one circle with their
     number; a click lists them. Nearer there are more. */
  function showItems() {
    const drawn = { province: true, prefecture: true };
    markers.clearLayers();
    clusters().forEach((group) => {
      const one = group.all.length === 1;
      const colours = {};
      group.all.forEach((shown) => { colours[shown.colour] = true; });
      const colour = Object.keys(colours).length === 1 ? group.all[0].colour : theme.ink;
      const box = svg("svg", { width: 40, height: 20 });
      if (one) {
        const item = group.all[0].item;
        drawSymbol({ shape: item.shape, hollow: item.hollow, colour: colour }, 20, 10, 12, theme, box);
        [item.shape, item.hollow ? "hollow" : "solid"].forEach((word) => { drawn[word] = true; });
      } else {
        drawCount(group.all.length, colour, 20, 10, theme, box);
        drawn.count = true;
      }
      drawn[colour] = true;
      const marker = L.marker(map.layerPointToLatLng(group.at), {
        icon: icon(box, [40, 20]),
        title: one ? group.all[0].item.name : say(data, "many_items", { n: group.all.length }),
      });
      marker.bindPopup(() => {
        const list = html("div");
        group.all.forEach((shown) => list.appendChild(itemEntry(data, shown.item)));
        return list;
      }, { maxWidth: 380, minWidth: 280 });
      marker.addTo(markers);
    });
    return drawn;
  }

  /* Groups {at, all} of shown items, with positions in the map's pixels. */
  function clusters() {
    const found = {};
    rules.shownItems(state).forEach((shown) => shown.item.spots.forEach((spot) => {
      const code = spot.place.slice(0, 4) + "00";
      const home = map.latLngToLayerPoint([data.places[code].y, data.places[code].x]);
      let at = map.latLngToLayerPoint([spot.y, spot.x]);
      if (Math.abs(at.x - home.x) < 30 && Math.abs(at.y - home.y) < 24) at = L.point(home.x, home.y - 26);
      const groups = (found[code] = found[code] || []);
      const near = groups.filter((group) => Math.abs(group.at.x - at.x) < 24 && Math.abs(group.at.y - at.y) < 18)[0];
      if (!near) groups.push({ at: at, all: [shown] });
      else if (near.all.indexOf(shown) < 0) near.all.push(shown);
    }));
    return [].concat.apply([], Object.keys(found).map((code) => found[code]));
  }

  function corner(position, className) {
    const box = html("div", className);
    const control = L.control({ position: position });
    control.onAdd = () => { L.DomEvent.disableClickPropagation(box); return box; };
    control.addTo(map);
    return box;
  }

  function showLegend(drawn) {
    clear(legend);
    const box = svg("svg", {}, legend);
    const block = drawLegend(rules.legend(state, drawn), 1, patterns, theme, box);
    box.setAttribute("width", block.width + 1);
    box.setAttribute("height", block.height + 1);
  }

  const title = corner("topleft", "figure-title leaflet-control");
  const legend = corner("bottomleft", "figure-legend leaflet-control" + (data.base ? " over-base" : ""));
  const note = corner("bottomright", "figure-note leaflet-control");
  data.notes.forEach((line) => html("div", "", line, note));
  L.control.scale({ imperial: false }).addTo(map);
  map.on("overlayadd overlayremove", repaint);
  map.on("zoomend", () => showLegend(showItems()));
  repaint();
}
