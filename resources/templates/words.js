/* The program's words with values put where they name them; what counts has a form for one `n` and one for others. */
function say(data, key, values) {
  const known = data.words[key];
  const text = typeof known === "string" ? known : known[values.n === 1 ? "one" : "other"];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
