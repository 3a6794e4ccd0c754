// What happened: the data of the page, and what follows from it.

const data = JSON.parse(document.getElementById("data").textContent);
const $ = id => document.getElementById(id);
const logical = data.clock === "logical";
const names = data.processes;

const points = data.points.map(([process, at, kind, text, message], id) => ({ id, process, at, kind, text, message, sent: [], received: -1 }));
const arrows = data.arrows.map(([from, to, target, lost, kind, parts, messages], id) => ({
  id, from, to, target, lost, kind, parts: parts.map(text => data.texts[text]), messages: messages.map(text => data.texts[text]),
}));
arrows.forEach(arrow => {
  const sent = points[arrow.from];
  sent.sent.push(arrow.id);
  if (!sent.text) sent.text = `${names[sent.process]} sends to ${names[arrow.target]}`;
  if (arrow.to >= 0) {
    points[arrow.to].received = arrow.id;
    if (!points[arrow.to].text) points[arrow.to].text = `${names[arrow.target]} receives from ${names[sent.process]}`;
  }
});
const isFrame = point => point.kind === "frame-sent" || point.kind === "frame-received";
const frameOf = point => arrows[point.kind === "frame-received" ? point.received : point.sent[0]];
const lostOrLate = arrow => arrow.lost >= 0 ? "lost" : "not arrived when the run ended";

// Kinds of arrows: name, dashes, and whether they matter at first sight.
const arrowKinds = {
  data: { name: "data", dash: [], width: 1.6, words: "a process's own messages" },
  relay: { name: "relays", dash: [7, 3], width: 1.6, words: "messages of others, relayed" },
  acknowledgement: { name: "acknowledgements", dash: [1.5, 3], width: 1.2, words: "acknowledgements alone" },
  "fair-loss": { name: "heartbeats", dash: [4, 4], width: 1, words: "fair-loss messages, such as heartbeats" },
  connection: { name: "connections", dash: [8, 3, 2, 3], width: 1.2, words: "handshake, refusal, goodbye" },
  other: { name: "signs of life", dash: [2, 5], width: 1, words: "signs of life and headers alone" },
};
// Kinds of events that can be hidden; crashes and starts cannot.
const eventKinds = {
  broadcast: { name: "broadcasts", kinds: ["broadcast"] },
  deliver: { name: "deliveries", kinds: ["deliver"] },
  suspect: { name: "suspicions", kinds: ["suspect", "restore"] },
  view: { name: "views", kinds: ["view"] },
  message: { name: "sends and receipts", kinds: ["message"] },
};
const groupOf = {};
Object.entries(eventKinds).forEach(([group, { kinds }]) => kinds.forEach(kind => { groupOf[kind] = group; }));
const notable = new Set(["crash", "end", "start", "suspect", "restore", "view"]);

// Which properties do not hold, and what shows it.
const findings = data.verdicts.flatMap(verdict => verdict.properties.filter(property => property.outcome !== "holds"));
const accused = new Set(findings.flatMap(property => property.events));
const missing = findings.flatMap(property => property.missing.map(([process, text]) => ({ process, text })));

// Causality: the point before on the same process, and for a receipt its sending. An arrow may lead to an event itself.
const before = new Int32Array(points.length).fill(-1), after = new Int32Array(points.length).fill(-1);
{
  const last = new Array(names.length).fill(-1);
  points.forEach(point => {
    if (point.kind !== "start") { // A new incarnation remembers nothing.
      before[point.id] = last[point.process];
      if (last[point.process] >= 0) after[last[point.process]] = point.id;
    }
    last[point.process] = point.id;
  });
}
function reach(id, neighbours) {
  const seen = new Set(), open = [id];
  while (open.length) {
    for (const next of neighbours(open.pop())) {
      if (next >= 0 && !seen.has(next)) { seen.add(next); open.push(next); }
    }
  }
  return seen;
}
const causesOf = id => [before[id], points[id].received >= 0 ? arrows[points[id].received].from : -1];
const effectsOf = id => [after[id], ...points[id].sent.map(arrow => arrows[arrow].to)];

function time(micros) {
  if (logical) return "Lamport time " + micros;
  return (micros / 1e6).toFixed(micros < 1e7 ? 4 : 3) + " s";
}
function duration(micros) {
  return micros < 1e3 ? micros + " µs" : micros < 1e6 ? +(micros / 1e3).toPrecision(3) + " ms" : +(micros / 1e6).toPrecision(3) + " s";
}
const count = (number, word, plural) => number.toLocaleString("en") + " " + (number === 1 ? word : plural || word + "s");
