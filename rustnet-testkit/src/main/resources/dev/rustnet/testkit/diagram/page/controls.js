// What the user does.

function along(all) {
  const open = arrow => all || state.arrows.has(arrow.kind);
  return {
    causes: id => points[id].received >= 0 && !open(arrows[points[id].received]) ? [before[id]] : causesOf(id),
    effects: id => [after[id], ...points[id].sent.filter(arrow => open(arrows[arrow])).map(arrow => arrows[arrow].to)],
  };
}
function select(id, quietly) {
  state.selected = id;
  const { causes, effects } = along(state.allFrames);
  state.past = id < 0 ? null : reach(id, causes);
  state.future = id < 0 ? null : reach(id, effects);
  if (id >= 0 && isFrame(points[id]) && !state.arrows.has(frameOf(points[id]).kind)) { state.arrows.add(frameOf(points[id]).kind); layOut(); press(); }
  if (id >= 0) {
    bringIntoView(id);
    if (!quietly && (openTab() === "help" || openTab() === "run")) tab("event");
    $("said").textContent = `${points[id].text}, ${time(points[id].at)}, event ${id + 1} of ${points.length}`;
  } else {
    $("said").textContent = "";
  }
  $("stage").dataset.selected = id;
  history.replaceState(null, "", id < 0 ? location.pathname + location.search : "#" + (id + 1));
  describe();
  draw();
}
function steppable() {
  return visible.filter(id => !isFrame(points[id]) || detail > .6).sort((a, b) => a - b);
}
function step(direction, sameProcess) {
  const ids = steppable().filter(id => !sameProcess || state.selected < 0 || points[id].process === points[state.selected].process);
  const next = direction > 0 ? ids.find(id => id > state.selected) : ids.filter(id => state.selected < 0 || id < state.selected).pop();
  if (next !== undefined) select(next);
  return next !== undefined;
}
/** To the event nearest in place on the line above or below. */
function change(direction) {
  if (state.selected < 0) { step(1); return; }
  const x = placeOf(state.selected);
  for (let process = points[state.selected].process + direction; process >= 0 && process < names.length; process += direction) {
    const ids = steppable().filter(id => points[id].process === process);
    if (ids.length) { select(ids.reduce((a, b) => Math.abs(place[b] - x) < Math.abs(place[a] - x) ? b : a)); return; }
  }
}
function follow() {
  if (state.selected < 0) return;
  const point = points[state.selected], to = point.received >= 0 ? arrows[point.received].from : point.sent.map(arrow => arrows[arrow].to).find(id => id >= 0);
  if (to !== undefined && to >= 0) select(to);
}
function nextBroken() {
  const ids = [...accused].sort((a, b) => a - b);
  if (ids.length) select(ids.find(id => id > state.selected) ?? ids[0]);
}
let playing = 0;
function play() {
  if (playing) { clearInterval(playing); playing = 0; return; }
  playing = setInterval(() => { if (!step(1)) play(); }, 350);
}
function curtain() {
  state.curtain = !state.curtain;
  if (state.curtain && state.selected < 0) step(1);
  press(); draw();
}
/** Lays out anew and keeps in place what stood in the middle, or the selected event. */
function again(change) {
  const anchor = state.selected >= 0 ? state.selected : visible.find(id => onScreen(place[id]) > labelWidth + room() / 2);
  const x = anchor === undefined ? 0 : onScreen(placeOf(anchor));
  change();
  layOut(); press();
  if (anchor !== undefined) state.left += onScreen(placeOf(anchor)) - x;
  describe(); draw();
}
function filter(message) {
  if (message === state.message) return;
  state.message = message;
  $("message").value = message;
  layOut(); press();
  if (message) fit(); else begin();
  if (state.selected >= 0) bringIntoView(state.selected);
  describe(); draw();
}
function spacing(mode) {
  state.spacing = mode;
  layOut(); press(); begin();
  if (state.selected >= 0) bringIntoView(state.selected);
  draw();
}
function press() {
  $("even").setAttribute("aria-pressed", state.spacing === "even");
  $("linear").setAttribute("aria-pressed", state.spacing === "linear");
  $("curtain").setAttribute("aria-pressed", state.curtain);
  document.querySelectorAll(".kind").forEach(button => button.setAttribute("aria-pressed", (button.dataset.arrow ? state.arrows : state.events).has(button.dataset.kind)));
}
/** The whole run where that can be read, else its beginning or what breaks a property. */
function begin() {
  fit();
  state.zoom = Math.min(state.zoom, 1.7);
  if (state.spacing === "linear") state.zoom = room() / width * .97;
}
function theme(name) {
  document.documentElement.dataset.theme = name;
  readColours();
  draw();
}
function toggleTheme() { theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"); }

function fill() {
  document.title = data.title;
  $("title").textContent = data.title;
  const sum = field => data.verdicts.reduce((most, verdict) => Math.max(most, verdict[field]), 0);
  [count(names.length, "process", "processes"), count(sum("broadcasts"), "broadcast"), count(sum("deliveries"), "delivery", "deliveries"), ...(logical ? ["from event logs"] : [duration(data.end) + " of virtual time"]), ...data.facts]
    .forEach(fact => $("facts").append(element("span", { textContent: fact })));
  const all = data.verdicts.flatMap(verdict => verdict.properties), broken = all.filter(property => property.outcome === "violated");
  const badge = $("badge"), outcome = broken.length ? "violated" : findings.length ? "inconclusive" : "holds";
  badge.className = "badge " + outcome;
  badge.textContent = outcome === "violated" ? `✗ ${broken.length === 1 ? broken[0].name + " violated" : broken.length + " properties violated"}` : outcome === "inconclusive" ? "? inconclusive" : `✓ ${all.length === 1 ? "the property holds" : `all ${all.length} properties hold`}`;
  badge.hidden = !all.length;
  $("command").textContent = $("command").title = data.replay;
  $("replay").hidden = !data.replay;
  const said = new Set();
  findings.forEach(property => {
    if (property.outcome === "inconclusive" && said.has(property.words)) return;
    said.add(property.words);
    const proof = property.events.map(id => element("button", { className: "chip", type: "button", textContent: points[id].text, onclick: () => { select(id); $("stage").focus(); } }))
      .concat(property.missing.map(([process, text]) => element("button", { className: "chip", type: "button", disabled: true, textContent: `${names[process]} ${text}` })));
    $("findings").append(element("div", { className: "finding " + property.outcome }, element("strong", { textContent: property.outcome === "violated" ? `${property.name} is violated` : "Inconclusive" }),
      element("span", { textContent: property.words }), ...(proof.length ? [element("div", { className: "proof" }, ...proof.slice(0, 14))] : [])));
  });
  const kind = (name, label, number, arrow) => {
    const button = element("button", { className: "kind", type: "button", title: "Show or hide", onclick: () => again(() => {
      const shown = arrow ? state.arrows : state.events;
      shown.has(name) ? shown.delete(name) : shown.add(name);
    }) }, icon(name, 16), element("span", { className: "name", textContent: label }), element("span", { className: "count", textContent: number.toLocaleString("en") }));
    button.dataset.kind = name;
    if (arrow) button.dataset.arrow = "true";
    $("kinds").append(button);
  };
  Object.entries(eventKinds).forEach(([name, { name: label, kinds }]) => {
    const number = points.filter(point => kinds.includes(point.kind)).length;
    if (number) kind(name, label, number, false);
  });
  Object.entries(arrowKinds).forEach(([name, { name: label }]) => {
    const number = arrows.filter(arrow => arrow.kind === name).length;
    if (number) kind(name, logical ? "messages" : label, number, true);
  });
  $("messages").append(...[...new Set(points.map(point => point.message).filter(Boolean))].slice(0, 3000).map(message => element("option", { value: message })));
  $("spacing").hidden = logical;
  describeRun();
  describeHelp();
}

$("message").addEventListener("input", event => {
  const message = event.target.value.trim();
  if (!message || points.some(point => point.message === message)) filter(message);
});
$("back").onclick = () => step(-1);
$("forth").onclick = () => step(1);
$("curtain").onclick = curtain;
$("in").onclick = () => zoomTo(state.zoom * 1.4);
$("out").onclick = () => zoomTo(state.zoom / 1.4);
$("fit").onclick = fit;
$("even").onclick = () => spacing("even");
$("linear").onclick = () => spacing("linear");
$("theme").onclick = toggleTheme;
$("copy").onclick = () => {
  const done = () => { $("copy").textContent = "Copied"; setTimeout(() => { $("copy").textContent = "Copy"; }, 1500); };
  const byHand = () => { getSelection().selectAllChildren($("command")); if (document.execCommand("copy")) done(); };
  navigator.clipboard ? navigator.clipboard.writeText(data.replay).then(done, byHand) : byHand();
};
tabs.forEach((name, index) => {
  $("tab-" + name).onclick = () => tab(name);
  $("tab-" + name).onkeydown = event => {
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault(); event.stopPropagation();
    const next = tabs[(to + tabs.length) % tabs.length];
    tab(next); $("tab-" + next).focus();
  };
});
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input[type=search]")) { if (event.key === "Escape") { event.target.blur(); if (event.target.id === "message") filter(""); } return; }
  const onButton = event.target.matches("button, input");
  const act = {
    ArrowRight: () => step(1, event.shiftKey), ArrowLeft: () => step(-1, event.shiftKey), ArrowUp: () => change(-1), ArrowDown: () => change(1),
    Home: () => { const ids = steppable(); if (ids.length) select(ids[0]); }, End: () => { const ids = steppable(); if (ids.length) select(ids[ids.length - 1]); },
    "+": () => zoomTo(state.zoom * 1.4), "=": () => zoomTo(state.zoom * 1.4), "-": () => zoomTo(state.zoom / 1.4), "0": fit, f: fit, h: curtain, n: nextBroken, t: toggleTheme,
    Escape: () => { state.curtain = false; filter(""); select(-1); press(); }, ...(onButton ? {} : { Enter: follow, " ": play }),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const scrolls = ["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key) && event.target.closest("aside");
  if (act && !scrolls) { event.preventDefault(); act(); }
});
const stage = $("stage"), tip = $("tip");
stage.addEventListener("wheel", event => {
  event.preventDefault();
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) { state.left += event.deltaX || event.deltaY; draw(); }
  else zoomTo(state.zoom * Math.exp(-event.deltaY / (event.ctrlKey ? 120 : 500)), event.clientX - stage.getBoundingClientRect().left);
}, { passive: false });
const touching = new Map();
let drag = null, moved = false, pinch = 0;
stage.addEventListener("pointerdown", event => {
  touching.set(event.pointerId, event);
  if (touching.size === 2) { const [a, b] = [...touching.values()]; pinch = Math.abs(a.clientX - b.clientX); drag = null; return; }
  drag = { x: event.clientX, y: event.clientY, left: state.left, top: state.top }; moved = false;
});
window.addEventListener("pointermove", event => {
  if (touching.has(event.pointerId)) touching.set(event.pointerId, event);
  if (touching.size === 2 && pinch) {
    const [a, b] = [...touching.values()], far = Math.max(10, Math.abs(a.clientX - b.clientX));
    zoomTo(state.zoom * far / pinch, (a.clientX + b.clientX) / 2 - stage.getBoundingClientRect().left); pinch = far; moved = true;
    return;
  }
  if (!drag) return;
  if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 4) { moved = true; stage.classList.add("moving"); tip.hidden = true; }
  if (moved) { state.left = drag.left - (event.clientX - drag.x); state.top = drag.top - (event.clientY - drag.y); draw(); }
});
const release = event => { touching.delete(event.pointerId); pinch = 0; drag = null; stage.classList.remove("moving"); };
window.addEventListener("pointerup", release);
window.addEventListener("pointercancel", release);
stage.addEventListener("pointermove", event => {
  if (drag && moved) return;
  const found = under(event.offsetX, event.offsetY);
  stage.classList.toggle("over", Boolean(found && !found.band));
  tip.hidden = !found;
  if (!found) return;
  const { point, arrow, band } = found;
  tip.textContent = point ? `${point.text}\n${time(point.at)}${isFrame(point) ? "\n" + frameOf(point).parts.slice(0, 6).join("\n") : ""}`
    : arrow ? `${names[points[arrow.from].process]} to ${names[arrow.target]}: ${arrowKinds[arrow.kind].words}${arrow.to < 0 ? ", " + lostOrLate(arrow) : logical ? "" : `, ${duration(points[arrow.to].at - points[arrow.from].at)}`}\n${arrow.parts.slice(0, 6).join("\n")}`
      : `${band.text}${logical ? "" : `\n${time(band.from)} to ${time(band.to)}`}`;
  tip.style.left = Math.min(event.offsetX + 14, view.width - tip.offsetWidth - 8) + "px";
  tip.style.top = (event.offsetY + 18 + tip.offsetHeight > view.height ? event.offsetY - tip.offsetHeight - 10 : event.offsetY + 18) + "px";
});
stage.addEventListener("pointerleave", () => { tip.hidden = true; });
stage.addEventListener("click", event => {
  if (moved) return;
  const found = under(event.offsetX, event.offsetY);
  select(found && found.point ? found.point.id : found && found.arrow ? found.arrow.from : -1);
});
const overview = $("overview");
const jump = event => {
  state.left = (event.offsetX - 6) / (overview.clientWidth - 12) * width * state.zoom - room() / 2; draw();
};
overview.addEventListener("pointerdown", event => { overview.setPointerCapture(event.pointerId); jump(event); });
overview.addEventListener("pointermove", event => { if (event.buttons) jump(event); });
new ResizeObserver(() => { if (state.whole) { measure(); begin(); } draw(); }).observe(stage);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", event => theme(event.matches ? "dark" : "light"));

fill();
theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
measure(); layOut(); render(); press(); begin();
window.addEventListener("hashchange", () => { const id = Number(location.hash.slice(1)) - 1; if (points[id] && id !== state.selected) select(id); });
{
  const asked = Number(location.hash.slice(1)) - 1; // A link to an event of this page.
  if (points[asked]) select(asked);
  else if (accused.size) bringIntoView([...accused].sort((a, b) => a - b)[0]);
}
/** For tests and for the console of a curious reader: where an event is drawn, in pixels of the window. */
window.whereIs = number => {
  render();
  const frame = stage.getBoundingClientRect();
  return { x: frame.left + onScreen(placeOf(number - 1)), y: frame.top + rowY(points[number - 1].process) };
};
