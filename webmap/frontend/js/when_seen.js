// Do something once an element is about to be seen.
const AHEAD = "200px";

export function whenSeen(element, then) {
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    observer.disconnect();
    then();
  }, { rootMargin: AHEAD });
  observer.observe(element);
}
