/* The search puts first what is called exactly as the query says, such as a clause by its id, and then what is called
   so in part; the numbers below are those that Sphinx uses by itself. */
var Scorer = {
  score: ([docname, title, anchor, descr, score]) => {
    const query = (new URLSearchParams(window.location.search).get("q") || "").toLowerCase().trim();
    const called = title.toLowerCase();
    return score + (called === query ? 1000 : called.includes(query) ? 100 : 0);
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
