// Asks for a part of a page. Answers null when it was overtaken, or when the page has to be loaded as a whole.

const running = new Map();

export async function fragment(url, name) {
  running.get(name)?.abort();
  const abort = new AbortController();
  running.set(name, abort);
  try {
    const response = await fetch(url, {
      headers: { "X-Fragment": name },
      signal: abort.signal,
      credentials: "same-origin",
      redirect: "manual",
    });
    const html = (response.headers.get("Content-Type") ?? "").startsWith("text/html");
    if (!response.ok || !html) return { failed: true };
    return { html: await response.text() };
  } catch (error) {
    if (error.name === "AbortError") return null;
    return { failed: true };
  } finally {
    if (running.get(name) === abort) running.delete(name);
  }
}

export function debounce(milliseconds, action) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}
