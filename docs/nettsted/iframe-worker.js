// Lets the search work when the site is opened from a disk, where browsers refuse to start a worker: the same, in a frame.
if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "Søk";
      document.body.appendChild(frame);
      const inside = frame.contentWindow;
      const load = (src) => new Promise((done, failed) => {
        const script = inside.document.createElement("script");
        script.src = src;
        script.onload = done;
        script.onerror = failed;
        inside.document.body.appendChild(script);
      });
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = (...urls) => urls.reduce((before, src) => before.then(() => load(src)), Promise.resolve());
      this.ready = load(new URL(url, location.href).href);
      this.send = (data) => inside.dispatchEvent(new inside.MessageEvent("message", { data }));
      this.frame = frame;
    }

    postMessage(data) {
      this.ready.then(() => this.send(data));
    }

    terminate() {
      this.frame.remove();
    }
  };
  window.Worker = window.IFrameWorker;
}
