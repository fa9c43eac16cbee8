// The wait before an exam: counts down by the time since the page came, never by the device's clock.
(() => {
  const gate = document.querySelector('[data-part="gate"]');
  const button = document.querySelector('[data-part="gate-button"]');
  if (!gate || !button) return;
  const left = gate.querySelector('[data-part="gate-left"]');
  const ends = performance.now() + Number(gate.dataset.wait) * 1000;
  button.disabled = true;
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    const hours = Math.floor(seconds / 3600);
    const rest = [Math.floor(seconds / 60) % 60, seconds % 60].map((one) => String(one).padStart(2, "0")).join(":");
    left.textContent = hours ? `${hours}:${rest}` : rest;
    if (seconds === 0) { button.disabled = false; gate.hidden = true; button.focus(); return; }
    setTimeout(tick, 250);
  };
  tick();
})();
