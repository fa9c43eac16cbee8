// The exam room. Each answer is sent at once and acknowledged; what is not acknowledged waits in a queue on this device,
// visibly, and is sent when the connection is back. Time is counted from what the server said, not from the device.
(() => {
  const clock = document.querySelector('[data-part="time-left"]');
  const form = document.querySelector('[data-part="room-page"]');
  const submit = document.querySelector('[data-part="room-submit"]');

  if (clock) {
    const ends = performance.now() + Number(clock.dataset.left) * 1000;
    const tick = () => {
      const seconds = Math.max(0, Math.round((ends - performance.now()) / 1000));
      const hours = Math.floor(seconds / 3600);
      const rest = [Math.floor(seconds / 60) % 60, seconds % 60].map((one) => String(one).padStart(2, "0")).join(":");
      clock.textContent = hours ? `${hours}:${rest}` : rest;
      clock.classList.toggle("short", seconds < 300);
      if (seconds === 0) { if (submit) submit.submit(); else if (form) finish(); return; }
      setTimeout(tick, 500);
    };
    tick();
  }
  if (submit) {
    // Something on this device was never sent: back to the questions, where it is sent, before anything is submitted.
    try { if ((JSON.parse(localStorage.getItem(`exam-room:${submit.dataset.room}`)) || []).length) location.replace(submit.dataset.enter); } catch { /* nothing kept */ }
  }
  if (!form) return;

  const store = `exam-room:${form.dataset.room}`;
  const load = () => { try { return JSON.parse(localStorage.getItem(store)) || []; } catch { return []; } };
  let queue = load();
  let next = Math.max(Number(form.dataset.sequence), ...queue.map((one) => one.sequence + 1));
  let sending = false, ended = false, pause = 1000, timer = 0;
  const alertBox = document.querySelector('[data-part="room-alert"]');
  const keep = () => { try { localStorage.setItem(store, JSON.stringify(queue)); } catch { /* the queue lives on in memory */ } };
  const say = (text, bad) => { alertBox.textContent = text; alertBox.hidden = !text; alertBox.classList.toggle("bad", Boolean(bad)); };
  const item = (place) => form.querySelector(`[data-place="${place}"]`);

  function mark(place, text, kind) {
    const label = item(place)?.querySelector('[data-part="saved"]');
    if (label) { label.textContent = text; label.className = kind; }
    const dot = document.querySelector(`[data-dot="${place}"]`);
    if (dot) dot.classList.toggle("waiting", kind === "is-waiting");
  }

  function count() {
    const label = document.querySelector('[data-part="room-done"]');
    const done = document.querySelectorAll(".room-dots i.done").length;
    if (label) label.textContent = label.textContent.replace(/\d+/, done);
  }

  function fieldsOf(place) {
    const found = [];
    for (const one of item(place).querySelectorAll("input, select, textarea")) {
      if ((one.type === "radio" || one.type === "checkbox") && !one.checked) continue;
      found.push([one.name, one.value]);
    }
    return found;
  }

  function enqueue(place) {
    if (ended) return;
    queue = queue.filter((one) => one.place !== place || one.sent);
    queue.push({ place, sequence: next++, fields: fieldsOf(place) });
    keep();
    mark(place, form.dataset.sayWaiting, "is-waiting");
    flush();
  }

  async function flush() {
    if (sending || ended) return;
    sending = true;
    clearTimeout(timer);
    while (queue.length && !ended) {
      const one = queue[0];
      one.sent = true;
      const body = new URLSearchParams([["key", form.elements.key.value], ["place", one.place], ["sequence", one.sequence], ...one.fields]);
      let answer, said;
      try {
        answer = await fetch(form.dataset.save, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
        said = await answer.json();
      } catch { break; }
      if (answer.status === 409 || answer.status === 403) { stop(said.message); break; }
      if (answer.status >= 500) break;
      queue.shift();
      keep();
      if (!answer.ok) { say(said.message, true); continue; }
      pause = 1000;
      next = Math.max(next, said.sequence + 1);
      if (!queue.some((other) => other.place === one.place)) {
        mark(one.place, `${form.dataset.saySaved} ${said.saved}`, "is-saved");
        document.querySelector(`[data-dot="${one.place}"]`)?.classList.toggle("done", said.answered);
        count();
      }
    }
    sending = false;
    if (ended) return;
    if (queue.length) {
      say(form.dataset.sayOffline);
      timer = setTimeout(flush, pause);
      pause = Math.min(pause * 2, 15000);
    } else { say(""); form.elements.sequence.value = next; }
  }

  function stop(text) {
    ended = true;
    queue = [];
    localStorage.removeItem(store);
    say(text, true);
    for (const one of form.elements) one.disabled = true;
    setTimeout(() => location.assign(form.dataset.submit.replace(/submit\/$/, "")), 6000);
  }

  async function drained(milliseconds) {
    const until = performance.now() + milliseconds;
    flush();
    while (queue.length && !ended && performance.now() < until) await new Promise((done) => setTimeout(done, 50));
    return queue.length === 0;
  }

  async function finish() {
    await drained(4000);
    if (!ended) location.assign(form.dataset.submit.replace(/submit\/$/, ""));
  }

  // What this device still has of this page stands in the page.
  for (const one of queue) {
    if (!item(one.place)) continue;
    for (const control of item(one.place).querySelectorAll("input, select, textarea")) {
      const values = one.fields.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else if (values.length) control.value = values[0];
    }
    mark(one.place, form.dataset.sayWaiting, "is-waiting");
  }

  const typing = new Map();
  const placeOf = (event) => Number(event.target.closest("[data-place]")?.dataset.place);
  form.addEventListener("change", (event) => {
    const place = placeOf(event);
    if (!place) return;
    clearTimeout(typing.get(place));
    typing.delete(place);
    enqueue(place);
  });
  form.addEventListener("input", (event) => {
    const place = placeOf(event);
    if (!place || !event.target.matches("textarea, input.input")) return;
    clearTimeout(typing.get(place));
    mark(place, form.dataset.sayWaiting, "is-waiting");
    typing.set(place, setTimeout(() => { typing.delete(place); enqueue(place); }, 800));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    for (const [place, wait] of typing) { clearTimeout(wait); enqueue(place); }
    typing.clear();
    const back = event.submitter?.name === "back";
    if (await drained(5000)) location.assign(back ? form.dataset.back : form.dataset.next);
    else if (!ended) say(form.dataset.sayOffline);
  });
  for (const link of document.querySelectorAll(".room-dots a")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      if (await drained(5000)) location.assign(link.href);
      else if (!ended) say(form.dataset.sayOffline);
    });
  }
  addEventListener("online", flush);
  addEventListener("beforeunload", (event) => { if (queue.length && !ended) event.preventDefault(); });
  if (queue.length) flush();
})();
