// The video of a course: goes on where one left, tells the server which seconds were played, keeps to «no skipping».
(() => {
  "use strict";
  const REPORT_MS = 10000;
  const STEP_S = 1.5; // longer jumps between two moments are a seek, not playing
  const video = document.querySelector("video[data-report]");
  const speed = document.querySelector("[data-part=speed]");
  const player = document.querySelector("video.video");
  if (speed && player) speed.addEventListener("change", () => { player.playbackRate = Number(speed.value); });
  if (!video) return;

  const noSkip = video.hasAttribute("data-no-skip");
  let furthest = Number(video.dataset.furthest) || 0;
  let watched = [];
  let from = null; // where the interval being played began
  let last = 0;
  let sending = false;

  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1]
    || JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

  const close = () => {
    if (from !== null && last > from) watched.push([from, last]);
    from = null;
  };

  const report = (leaving = false) => {
    if (sending && !leaving) return;
    const open = from !== null && !video.paused;
    close();
    if (open) from = last;
    if (!watched.length) return;
    const sent = watched;
    watched = [];
    sending = true;
    fetch(video.dataset.report, {
      method: "POST", keepalive: leaving, credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ watched: sent, position: video.currentTime }),
    }).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((told) => show(told))
      .catch(() => { watched = sent.concat(watched); }) // sent again with the next report
      .finally(() => { sending = false; });
  };

  const show = (told) => {
    furthest = Math.max(furthest, told.furthest);
    const bar = document.querySelector("[data-part=watched]");
    const words = document.querySelector("[data-part=evidence]");
    if (bar) bar.value = told.percent;
    if (words) words.textContent = told.evidence;
    const tick = document.querySelector("#rule [data-part=tick]");
    if (told.done && tick) tick.hidden = false;
  };

  video.addEventListener("loadedmetadata", () => {
    const position = Number(video.dataset.position) || 0;
    if (position > 1 && position < video.duration - 2) video.currentTime = position;
    last = video.currentTime;
  });
  video.addEventListener("timeupdate", () => {
    const now = video.currentTime;
    if (video.seeking || video.paused && !video.ended) return;
    if (from === null) { from = now; } else if (Math.abs(now - last) > STEP_S * Math.max(1, video.playbackRate)) { close(); from = now; }
    last = now;
    if (from !== null && from <= furthest + 0.75) furthest = Math.max(furthest, now);
  });
  video.addEventListener("seeking", () => {
    close();
    if (noSkip && video.currentTime > furthest + 0.75) video.currentTime = furthest;
  });
  video.addEventListener("seeked", () => { last = video.currentTime; });
  video.addEventListener("pause", () => report());
  video.addEventListener("ended", () => { last = video.duration; report(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) report(true); });
  window.addEventListener("pagehide", () => report(true));
  window.setInterval(() => { if (!video.paused) report(); }, REPORT_MS);
})();
