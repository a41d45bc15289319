// Says something to those who listen instead of looking, once they have heard what is being said (`aria-live="polite"`).
// With a pause only the last of what follows quickly is said.
let timer;

export function announce(words, pause = 0) {
  const place = document.getElementById("announce");
  if (!place) return;
  clearTimeout(timer);
  const say = () => (place.textContent = words.trim().replace(/\s+/g, " "));
  if (pause) timer = setTimeout(say, pause);
  else say();
}
