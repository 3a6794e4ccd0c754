// The panel beside the diagram: the selected event, the list of events, the run, the legend.

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) key.includes("-") || key === "role" ? made.setAttribute(key, attributes[key]) : made[key] = attributes[key];
  made.append(...children);
  return made;
}
function row(point, more) {
  const made = element("button", { className: "row" + (accused.has(point.id) ? " broken" : ""), type: "button", onclick: () => select(point.id) },
    element("span", { textContent: point.text + (more || "") }), element("span", { className: "when", textContent: time(point.at) }));
  if (point.id === state.selected) made.setAttribute("aria-current", "true");
  return element("li", {}, made);
}
function heading(text, colour) {
  const made = element("h3", {});
  if (colour) { const square = element("i", {}); square.style.background = `var(--${colour})`; made.append(square); }
  made.append(text);
  return made;
}
const tabs = ["event", "list", "run", "help"];
function tab(name) {
  tabs.forEach(each => {
    $("tab-" + each).setAttribute("aria-selected", each === name);
    $("tab-" + each).tabIndex = each === name ? 0 : -1;
    $(each).hidden = each !== name;
  });
  describe();
}
const openTab = () => tabs.find(each => !$(each).hidden);

function describe() {
  if (openTab() === "event") describeEvent();
  if (openTab() === "list") describeList();
}
function describeEvent() {
  const panel = $("event");
  panel.replaceChildren();
  if (state.selected < 0) {
    panel.append(element("h2", { textContent: "No event is selected" }),
      element("p", { className: "note", textContent: "Click one in the diagram, or step with the arrow keys. What happened before it is then underlaid in blue, what it happened before in orange; everything else is concurrent with it and stands back." }));
    return;
  }
  const point = points[state.selected];
  panel.append(element("h2", { textContent: point.text }),
    element("div", { className: "when", textContent: `${time(point.at)} · event ${point.id + 1} of ${points.length.toLocaleString("en")}` }));
  point.sent.map(id => arrows[id]).concat(point.received >= 0 ? [arrows[point.received]] : []).slice(0, 12).forEach(arrow => {
    const incoming = arrow.to === point.id, other = incoming ? arrow.from : arrow.to;
    panel.append(heading(`${incoming ? "From " + names[points[arrow.from].process] : "To " + names[arrow.target]}: ${arrowKinds[arrow.kind].words}`, arrow.kind));
    if (arrow.parts.length) panel.append(element("ul", {}, ...arrow.parts.map(part => element("li", { textContent: part }))));
    panel.append(other >= 0 ? element("ul", {}, row(points[other], logical ? "" : ` (${duration(Math.abs(points[other].at - point.at))})`)) : element("p", { className: "note", textContent: lostOrLate(arrow) }));
  });
  if (point.message) {
    const same = points.filter(each => each.message === point.message && each.id !== point.id);
    panel.append(heading(`Also of ${point.message}`), element("ul", {}, ...same.slice(0, 80).map(each => row(each))));
  }
  const messages = point.message ? [point.message] : isFrame(point) ? frameOf(point).messages.slice(0, 4) : [];
  if (messages.length) {
    panel.append(element("div", { className: "actions" }, ...messages.map(message => element("button", {
      className: "tool", type: "button", textContent: state.message === message ? "Show all messages" : "Only " + message,
      onclick: () => filter(state.message === message ? "" : message),
    }))));
  }
  const told = ids => [...ids].map(id => points[id]).filter(each => !isFrame(each) && each.kind !== "start");
  const past = told(state.past).sort((a, b) => b.id - a.id), future = told(state.future).sort((a, b) => a.id - b.id);
  const concurrent = points.filter(each => !isFrame(each) && each.kind !== "start" && each.id !== point.id).length - past.length - future.length;
  panel.append(heading(`Happened before it: ${count(past.length, "event")}`, "past"), element("ul", {}, ...past.slice(0, 7).map(each => row(each))),
    heading(`It happened before: ${count(future.length, "event")}`, "future"), element("ul", {}, ...future.slice(0, 7).map(each => row(each))),
    element("p", { className: "note", textContent: concurrent ? `${count(concurrent, "event")} concurrent with it: neither can have influenced the other.` : "Nothing is concurrent with it." }));
  if (arrows.some(arrow => !state.arrows.has(arrow.kind))) {
    const box = element("input", { type: "checkbox", checked: state.allFrames, id: "all-frames", onchange: event => { state.allFrames = event.target.checked; select(state.selected); $("all-frames").focus(); } });
    panel.append(element("p", { className: "note" }, element("label", {}, box, " along the kinds that are hidden, too")));
  }
}
let wanted = "";
function describeList() {
  const panel = $("list");
  let search = $("search");
  if (!search) {
    search = element("input", { type: "search", id: "search", placeholder: "search, such as delivers p1#3", "aria-label": "Search events", oninput: () => { wanted = search.value.trim().toLowerCase(); describeList(); } });
    search.style.width = "100%";
    panel.append(search, element("p", { className: "note", id: "found" }), element("ul", { id: "rows" }));
  }
  const ids = visible.filter(id => !wanted || points[id].text.toLowerCase().includes(wanted)).sort((a, b) => a - b);
  const around = Math.max(0, ids.findIndex(id => id >= state.selected)), begin = Math.max(0, Math.min(around - 60, ids.length - 160));
  $("found").textContent = ids.length > 160 ? `${begin + 1} to ${Math.min(ids.length, begin + 160)} of ${count(ids.length, "event")}` : count(ids.length, "event");
  $("rows").replaceChildren(...ids.slice(begin, begin + 160).map(id => row(points[id])));
  const current = panel.querySelector("[aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
}
function describeRun() {
  const panel = $("run");
  const tally = [["processes", names.length], ["events", points.filter(point => !isFrame(point)).length], ["messages between processes", arrows.length],
    ["of them lost or late", arrows.filter(arrow => arrow.to < 0).length], ["crashes", points.filter(point => point.kind === "crash").length],
    ["suspicions", points.filter(point => point.kind === "suspect").length], ["partitions", data.bands.filter(band => band.kind === "partition").length]];
  panel.append(element("h2", { textContent: "The run" }), element("ul", {}, ...tally.filter(each => each[1]).map(([what, number]) => element("li", { textContent: `${number.toLocaleString("en")} ${what}` }))));
  data.notes.forEach(note => panel.append(element("p", { className: "note", textContent: note })));
  data.verdicts.forEach(verdict => {
    panel.append(heading(`${verdict.guarantee}: ${count(verdict.broadcasts, "broadcast")}, ${count(verdict.deliveries, "delivery", "deliveries")}`));
    verdict.properties.forEach(property => panel.append(element("dl", { className: "property" },
      element("dt", {}, element("span", { className: property.outcome, textContent: { holds: "✓", violated: "✗", inconclusive: "?" }[property.outcome] }), property.name),
      element("dd", { textContent: property.statement }), ...(property.words ? [element("dd", { className: property.outcome, textContent: property.words })] : []))));
  });
  if (data.faults.length) panel.append(heading("What went wrong by plan"), element("ul", {}, ...data.faults.map(fault => element("li", { textContent: fault }))));
}
const SVG = "http://www.w3.org/2000/svg";
function make(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (parent) parent.append(made);
  return made;
}
/** The signs again, as images that follow the colours of the page. */
const icons = {
  broadcast: g => make("circle", { cx: 0, cy: 0, r: 5.5, fill: "var(--data)" }, g),
  deliver: g => make("rect", { x: -5, y: -5, width: 10, height: 10, rx: 2, fill: "var(--paper)", stroke: "var(--deliver)", "stroke-width": 2.4 }, g),
  message: g => make("path", { d: "M0,-6L6,0L0,6L-6,0Z", fill: "var(--message)" }, g),
  suspect: g => { make("path", { d: "M0,-7L7,6H-7Z", fill: "var(--suspect)" }, g); make("path", { d: "M0,-2.5V2M0,3.2V4.8", stroke: "var(--paper)", "stroke-width": 1.6 }, g); },
  restore: g => make("path", { d: "M0,-7L7,6H-7Z", fill: "var(--paper)", stroke: "var(--restore)", "stroke-width": 1.9 }, g),
  view: g => make("path", { d: "M0,-7V7", stroke: "var(--view)", "stroke-width": 4.4, "stroke-linecap": "round" }, g),
  crash: g => make("path", { d: "M-5.5,-5.5L5.5,5.5M5.5,-5.5L-5.5,5.5", stroke: "var(--crash)", "stroke-width": 3.2, "stroke-linecap": "round" }, g),
  end: g => make("path", { d: "M0,-7V7", stroke: "var(--crash)", "stroke-width": 3.2 }, g),
  start: g => { make("path", { d: "M0,-6.5V6.5", stroke: "var(--start)", "stroke-width": 2 }, g); make("circle", { cx: 0, cy: 0, r: 3, fill: "var(--start)" }, g); },
};
function icon(kind, size) {
  const wide = kind in arrowKinds, svg = make("svg", { width: wide ? 30 : size, height: size, viewBox: wide ? `-15 ${-size / 2} 30 ${size}` : `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" });
  if (wide) {
    make("path", { d: "M-14,0H9", stroke: `var(--${kind})`, "stroke-width": 2, "stroke-dasharray": arrowKinds[kind].dash.join(" ") || "none" }, svg);
    make("path", { d: "M14,0L7,-3.5V3.5Z", fill: `var(--${kind})` }, svg);
  } else {
    icons[kind](svg);
  }
  return svg;
}
function describeHelp() {
  const has = kind => points.some(point => point.kind === kind) || arrows.some(arrow => arrow.kind === kind);
  const legend = element("div", { className: "legend" });
  const line = (image, text) => legend.append(image, element("span", { textContent: text }));
  [["broadcast", "broadcasts a message"], ["deliver", "delivers one"], ["message", "sends or receives one, as the application sees it"], ["suspect", logical ? "detects or suspects a process" : "suspects a process"], ["restore", "trusts it again"],
    ["crash", "crashes"], ["end", "has stopped"], ["start", "starts, or starts again"], ["view", "installs a view"]].filter(([kind]) => has(kind)).forEach(([kind, text]) => line(icon(kind, 20), text));
  Object.entries(arrowKinds).filter(([kind]) => has(kind)).forEach(([kind, { words }]) => line(icon(kind, 20), logical ? "from a broadcast to a delivery" : words));
  const drawn = (draw, text) => { const svg = make("svg", { width: 30, height: 20, "aria-hidden": "true" }); draw(svg); line(svg, text); };
  if (arrows.some(arrow => arrow.to < 0)) drawn(g => { make("path", { d: "M1,10H20", stroke: "var(--data)", "stroke-width": 2 }, g); make("path", { d: "M17,6l8,8m0,-8l-8,8", stroke: "var(--crash)", "stroke-width": 2 }, g); }, "lost, or not arrived by the end");
  if (data.bands.some(band => band.kind === "partition")) drawn(g => make("path", { d: "M1,2H29V18H1Z", fill: "var(--partition)", opacity: .2 }, g), "partition, stall or one-way loss");
  if (data.bands.some(band => band.kind === "pause" || band.kind === "blocked")) drawn(g => make("rect", { x: 1, y: 4, width: 28, height: 12, rx: 3, fill: "var(--pause)", opacity: .35 }, g), "paused, or busy in a slow handler");
  if (data.bands.some(band => band.kind === "down")) drawn(g => make("path", { d: "M1,10H29", stroke: "var(--crash)", "stroke-width": 1.4, "stroke-dasharray": "2 5" }, g), "down");
  if (findings.length) drawn(g => make("circle", { cx: 15, cy: 10, r: 7.5, stroke: "var(--bad)", "stroke-width": 2, fill: "none" }, g), "has a part in what does not hold");
  if (missing.length) drawn(g => make("rect", { x: 8, y: 3, width: 14, height: 14, rx: 3, stroke: "var(--bad)", "stroke-width": 2, "stroke-dasharray": "3 3", fill: "none" }, g), "should have happened and did not");
  drawn(g => make("path", { d: "M5,10H25", stroke: "var(--past)", "stroke-width": 10, "stroke-linecap": "round", opacity: .35 }, g), "happened before the selected event");
  drawn(g => make("path", { d: "M5,10H25", stroke: "var(--future)", "stroke-width": 10, "stroke-linecap": "round", opacity: .35 }, g), "the selected event happened before it");
  const keys = element("div", { className: "keys" });
  [[["←", "→"], "step through the events"], [["⇧←", "⇧→"], "step on the same process"], [["↑", "↓"], "to another process"], [["Enter"], "follow a message to its other end"], [["Space"], "play, pause"],
    [["+", "−"], "zoom (or the wheel; drag to move)"], [["F"], "the whole run"], [["H"], "hide the future"], [["N"], "next event that breaks a property"], [["T"], "light or dark"], [["Esc"], "end filter and selection"]]
    .filter(([, text]) => findings.length || !text.startsWith("next event that")).forEach(([pressed, text]) => keys.append(element("span", {}, ...pressed.flatMap(key => [element("kbd", { textContent: key }), " "])), element("span", { textContent: text })));
  $("help").append(element("h2", { textContent: "What is drawn" }), legend, heading("Keys"), keys,
    element("p", { className: "note", textContent: "Each line is a process; time runs to the right. " + (logical
      ? "Positions are Lamport times, computed from the logs: how the clocks of different processes relate is not in them. A message points from its broadcast to each delivery; what travelled in between is not in the logs either."
      : "By event, each event has room and silences are shortened; by time, distances are true.") }),
    ...(data.complete ? [] : [element("p", { className: "note", textContent: "The run was longer: only its beginning is here." })]));
}
