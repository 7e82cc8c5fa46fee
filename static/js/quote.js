/* Select words in an answer, and they stand in the quote field; without this file they are copied by hand. */
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const words = selection ? selection.toString() : "";
  const within = selection && selection.anchorNode && selection.anchorNode.parentElement;
  const answer = within && within.closest("[data-answer]");
  const field = document.querySelector("[data-quote]");
  if (!answer || !field || !words.trim() || !answer.contains(selection.focusNode)) return;
  field.value = words;
  const choice = document.querySelector("select[name=turn]");
  if (choice) choice.value = answer.dataset.answer;
});
