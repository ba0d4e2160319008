/* What a state shows, by the rules of the program: fills, rings, title, legend. No drawing, no page.
   A state is {on: {key of a sector's role: true}, layers: {sites, projects, regions}, style}. */
function figureRules(data) {
  const roleByKey = {};
  const itemById = {};
  const rank = {};
  data.items.forEach((item) => { itemById[item.id] = item; });
  data.sectors.forEach((sector, order) => {
    sector.order = order;
    sector.roles.forEach((role) => { roleByKey[role.key] = { role: role, sector: sector }; });
  });
  data.roles.forEach((role, order) => { rank[role.id] = order; });

  const isOn = (state, role) => state.on[role.key] === true;
  const shownSectors = (state) => data.sectors.filter((sector) => sector.roles.some((role) => isOn(state, role)));
  const withRoles = (state) => shownSectors(state).filter((sector) => !sector.bare);
  const shownAssignments = (state) => data.assignments.filter((item) => state.on[item.key]);

  /* `multiples`, which a page that is switched has no room for, is drawn as the number of sectors asks. */
  function style(state) {
    const number = withRoles(state).length;
    const crowded = data.theme.bw && number > data.theme.mostBw;
    if (state.style === "glyphs" || state.style === "count") return state.style;
    if (state.style === "stripes") return crowded ? "glyphs" : "stripes";
    if (state.style === "zones") return number <= 1 ? "zones" : crowded ? "glyphs" : "stripes";
    return number <= 1 ? "zones" : number <= (data.theme.bw ? data.theme.mostBw : 2) ? "stripes" : "glyphs";
  }

  /* In black and white the direction of the hatching tells which of the shown sectors it is. */
  function fillOf(state, pair) {
    return pair.role.fills[shownSectors(state).indexOf(pair.sector) % pair.role.fills.length];
  }

  function sectorsByPlace(state) {
    const found = {};
    shownAssignments(state).forEach((item) => {
      (found[item.place] = found[item.place] || {})[roleByKey[item.key].sector.id] = true;
    });
    Object.keys(found).forEach((place) => { found[place] = Object.keys(found[place]).length; });
    return found;
  }

  /* Least and most sectors of each class of an overlap count. */
  function countClasses(numbers) {
    const most = Math.max.apply(null, [1].concat(Object.keys(numbers).map((place) => numbers[place])));
    const number = Math.min(most, data.theme.countFills.length);
    const classes = [];
    for (let step = 0; step < number; step += 1) {
      classes.push([Math.ceil(most * step / number) + 1, Math.ceil(most * (step + 1) / number)]);
    }
    return classes;
  }

  /* Fills of each prefecture that has any, in the plan's order of sectors. */
  function areaFills(state) {
    const found = {};
    if (style(state) === "glyphs") return found;
    if (style(state) === "count") {
      const numbers = sectorsByPlace(state);
      const classes = countClasses(numbers);
      Object.keys(numbers).forEach((place) => {
        const index = classes.findIndex((ends) => numbers[place] <= ends[1]);
        found[place] = [data.theme.countFills[index]];
      });
      return found;
    }
    const items = shownAssignments(state).slice();
    items.sort((a, b) => roleByKey[a.key].sector.order - roleByKey[b.key].sector.order);
    items.forEach((item) => {
      (found[item.place] = found[item.place] || []).push(fillOf(state, roleByKey[item.key]));
    });
    return found;
  }

  /* Segments of the ring of each prefecture that has a role. */
  function rings(state) {
    const found = {};
    if (style(state) !== "glyphs") return found;
    const levels = {};
    shownAssignments(state).forEach((item) => {
      const pair = roleByKey[item.key];
      const spot = item.place + "/" + pair.sector.id;
      levels[spot] = Math.max(levels[spot] || 0, pair.role.level);
      found[item.place] = [];
    });
    Object.keys(found).forEach((place) => {
      found[place] = shownSectors(state).map((sector) => (
        { colour: ringColour(sector), level: levels[place + "/" + sector.id] || 0 }));
    });
    return found;
  }

  const ringColour = (sector) => (data.theme.bw ? data.theme.ink : sector.colour);

  /* What stands beside a prefecture's name in an overlap count: its sectors in each role, `3+4`. */
  function numbersOf(state, place) {
    if (style(state) !== "count") return "";
    const own = rolesOf(state, place);
    if (!own.length) return "";
    return shownRoles(state).map((role) => own.filter((pair) => pair.role.id === role.id).length).join(say(data, "plus"));
  }

  function shownRoles(state) {
    return data.roles.filter((role) => withRoles(state).some((sector) => (
      sector.roles.some((own) => own.id === role.id && isOn(state, own)))));
  }

  /* What is shown of one prefecture, strongest role first: [{sector, role}]. */
  function rolesOf(state, place) {
    const found = shownAssignments(state).filter((item) => item.place === place).map((item) => roleByKey[item.key]);
    return found.sort((a, b) => rank[a.role.id] - rank[b.role.id] || a.sector.order - b.sector.order);
  }

  /* Items without a sector show when all sectors do; a project that is a shown site of its name does not show. */
  function shownItems(state) {
    const on = {};
    shownSectors(state).forEach((sector) => { on[sector.id] = sector; });
    const everything = data.sectors.every((sector) => on[sector.id]);
    const inLayer = (item) => (item.kind === "site" ? state.layers.sites : state.layers.projects);
    const found = data.items.filter((item) => (
      inLayer(item) && (item.sectors.length ? item.sectors.some((id) => on[id]) : everything)));
    const shown = {};
    found.forEach((item) => { shown[item.id] = true; });
    return found.filter((item) => !item.twins.some((id) => shown[id])).map((item) => {
      const first = item.sectors.filter((id) => on[id])[0];
      return { item: item, colour: first ? on[first].itemColour : data.theme.bareColour };
    });
  }

  function title(state) {
    const sectors = shownSectors(state);
    const place = data.place;
    const period = data.plan.period;
    if (!sectors.length) return say(data, "title_of_none", { place: place });
    const few = sectors.length <= 3;
    if (sectors.every((sector) => sector.bare)) {
      const names = few ? sectors.map((sector) => sector.name).join(say(data, "comma"))
        : say(data, "sectors", { n: sectors.length });
      const what = state.layers.sites || state.layers.projects ? "title_of_items" : "title_of_plan";
      const whole = say(data, what, { plan: data.plan.title, period: period, sectors: names });
      return data.zoomed ? say(data, "title_of_part", { place: place, title: whole }) : whole;
    }
    if (!few) {
      const what = style(state) === "count" ? "title_of_overlap" : "title_of_layout";
      return say(data, what, { place: place, n: sectors.length, period: period });
    }
    const shown = {};
    const possible = {};
    sectors.forEach((sector) => sector.roles.forEach((role) => {
      possible[role.id] = true;
      if (isOn(state, role)) shown[role.id] = true;
    }));
    const stems = sectors.map((sector) => sector.name.replace(/产业$/, ""));
    const listed = { first: stems.slice(0, -1).join(say(data, "comma")), last: stems[stems.length - 1] };
    const names = stems.length > 1 ? say(data, "and", listed) : stems[0];
    const only = Object.keys(shown).length < Object.keys(possible).length
      ? data.roles.filter((role) => shown[role.id]).map((role) => role.name).join(say(data, "comma")) : "";
    const values = { place: place, sectors: names, roles: only, period: period };
    return say(data, only ? "title_of_roles" : "title_of_sectors", values);
  }

  /* Entries {text, sample}; a sample is {fills}, {ring}, {symbol}, {count} or {stroke}. `drawn` says what there is of
     markers and lines on the map: keys are shapes, solid, hollow, count, colours, and keys of lines. */
  function legend(state, drawn) {
    return [].concat(roleLegend(state), markerLegend(state, drawn), data.lines.filter((line) => drawn[line.key])
      .map((line) => ({ text: line.name, sample: { stroke: line.stroke } })));
  }

  const counted = (words, number) => (data.zoomed ? words : say(data, "counted", { name: words, text: number }));

  function roleLegend(state) {
    const sectors = withRoles(state);
    const fills = areaFills(state);
    const ringed = rings(state);
    const entries = [];
    if (!sectors.length) return entries;
    if (style(state) === "glyphs") {
      entries.push.apply(entries, ringLegend(state));
    } else if (style(state) === "count") {
      const numbers = sectorsByPlace(state);
      entries.push({ text: say(data, "sector_numbers", { total: sectors.length }) });
      countClasses(numbers).forEach((ends, index) => {
        const words = ends[0] === ends[1] ? say(data, "number", { low: ends[0] })
          : say(data, "range", { low: ends[0], high: ends[1] });
        const number = Object.keys(numbers).filter((place) => (
          numbers[place] >= ends[0] && numbers[place] <= ends[1])).length;
        entries.push({ text: counted(words, number), sample: { fills: [data.theme.countFills[index]] } });
      });
      entries.push({ text: say(data, "beside_names", { names: roleNames(shownRoles(state)) }), sample: {} });
    } else {
      sectors.forEach((sector) => {
        entries.push({ text: sector.name });
        sector.roles.filter((role) => isOn(state, role)).forEach((role) => {
          entries.push({ text: counted(role.name, role.count), sample: { fills: [fillOf(state, { role: role, sector: sector })] } });
        });
      });
      const shared = Object.keys(fills).filter((place) => fills[place].length > 1).sort();
      if (shared.length) {
        const bw = data.theme.bw;
        const words = sectors.length === 2 ? say(data, bw ? "overlap_of_two" : "stripes_of_two")
          : say(data, bw ? "overlap_of_several" : "stripes_of_several");
        entries.push({ text: counted(words, shared.length), sample: { fills: fills[shared[0]] } });
      }
    }
    const marked = Object.keys(fills).concat(Object.keys(ringed));
    const on = {};
    sectors.forEach((sector) => { on[sector.id] = true; });
    const hidden = data.assignments.some((item) => (
      on[roleByKey[item.key].sector.id] && marked.indexOf(item.place) < 0));
    const words = say(data, hidden ? "rest_and_hidden" : "rest");
    const rest = data.areas - marked.length;
    if (rest && style(state) === "glyphs") {
      entries.push({ text: counted(say(data, "no_ring", { words: words }), rest), sample: {} });
    }
    if (rest && style(state) !== "glyphs") {
      entries.push({ text: counted(words, rest), sample: { fills: [{ colour: data.theme.rest }] } });
    }
    return entries;
  }

  const roleNames = (roles) => roles.map((role) => role.name).join(say(data, "plus"));

  function ringLegend(state) {
    const sectors = shownSectors(state);
    const roles = shownRoles(state);
    const segment = (role) => ({ colour: data.theme.ink, level: role.level });
    const entries = roles.map((role) => (
      { text: role.name, sample: { ring: [segment(role), segment(role), segment(role)] } }));
    if (!data.zoomed) entries.push({ text: say(data, "sectors_by_role", { roles: roleNames(roles) }) });
    sectors.forEach((sector, order) => {
      const numbers = roles.map((role) => {
        const own = sector.roles.filter((other) => other.id === role.id)[0];
        return own && isOn(state, own) ? own.count : "—";
      });
      const text = counted(sector.name, numbers.join(say(data, "plus")));
      const place = sectors.map((_, other) => ({ colour: data.theme.ink, level: other === order ? 1 : 0 }));
      entries.push({ text: text, sample: data.theme.bw ? { ring: place } : { fills: [{ colour: sector.colour }] } });
    });
    return entries;
  }

  function markerLegend(state, drawn) {
    const found = shownItems(state).filter((shown) => shown.item.spots.length);
    const nowhere = data.zoomed ? 0 : shownItems(state).length - found.length;
    if (!found.length && !nowhere) return [];
    const theme = data.theme;
    const entries = [{ text: say(data, "items_heading") }];
    const symbol = (shape, hollow) => ({ symbol: { shape: shape, colour: theme.bw ? theme.ink : theme.faint, hollow: hollow } });
    theme.symbols.forEach((entry) => {
      const hollow = found.filter((shown) => shown.item.shape === entry.shape).every((shown) => shown.item.hollow);
      if (drawn[entry.shape]) entries.push({ text: entry.words, sample: symbol(entry.shape, hollow) });
    });
    const count = style(state) === "count";
    (data.theme.bw ? [] : shownSectors(state).filter((sector) => sector.bare || count)
      .map((sector) => ({ name: sector.name, colour: sector.itemColour }))
      .concat([{ name: say(data, "no_sector"), colour: theme.bareColour }]))
      .filter((entry) => drawn[entry.colour])
      .forEach((entry) => entries.push({ text: entry.name, sample: { fills: [{ colour: entry.colour }] } }));
    const industries = {};
    found.forEach((shown) => shown.item.sectors.forEach((sector) => { industries[sector] = true; }));
    if (theme.bw && Object.keys(industries).length > 1) entries.push({ text: theme.bwItems, sample: {} });
    if (drawn.solid) entries.push({ text: theme.solidWords, sample: symbol("pair", false) });
    if (drawn.hollow) entries.push({ text: theme.hollowWords, sample: symbol("pair", true) });
    if (drawn.count) entries.push({ text: theme.countWords, sample: { count: "n" } });
    if (nowhere) entries.push({ text: say(data, "nowhere", { n: nowhere }), sample: {} });
    return entries.length > 1 ? entries : [];
  }

  return {
    isOn: isOn, style: style, areaFills: areaFills, rings: rings, rolesOf: rolesOf, shownItems: shownItems,
    fillOf: fillOf, numbersOf: numbersOf, shownSectors: shownSectors, title: title, legend: legend,
    roleOf: (key) => roleByKey[key], itemOf: (id) => itemById[id],
  };
}
