/* <job-progress src="…"> keeps a job's progress current by asking for it again and again.
   Without this script the page refreshes itself. */

const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 5000;

class JobProgress extends HTMLElement {
  connectedCallback() {
    this.pause = FIRST_PAUSE;
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    this.timer = setTimeout(() => this.ask(), this.pause);
    this.pause = Math.min(this.pause * 1.2, LONGEST_PAUSE);
  }

  async ask() {
    try {
      const answer = await fetch(this.getAttribute("src"), { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const job = await answer.json();
      if (job.finished) {
        window.location.reload();
        return;
      }
      this.show(job);
      this.say("offline", true);
    } catch (error) {
      this.say("offline", false);
    }
    this.wait();
  }

  show(job) {
    const bar = this.querySelector("progress");
    if (job.total) {
      bar.max = job.total;
      bar.value = job.done;
    }
    const texts = {
      label: job.label,
      message: job.message,
      elapsed: job.elapsed_text,
      count: job.total ? `${job.done} / ${job.total} · ${job.percent}%` : "",
    };
    for (const [name, text] of Object.entries(texts)) {
      const place = this.querySelector(`[data-job="${name}"]`);
      if (place && place.textContent !== text) place.textContent = text;
    }
  }

  say(name, hidden) {
    const place = this.querySelector(`[data-job="${name}"]`);
    if (place) place.hidden = hidden;
  }
}

customElements.define("job-progress", JobProgress);
