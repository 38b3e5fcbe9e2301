/** A measure of the report: its stable id, name, formula and where it comes from. */
export type Measure = {
  readonly name: string;
  readonly formula: string;
  readonly sources: readonly SourceKey[];
};

export type MeasureId = keyof typeof MEASURES;
export type SourceKey = keyof typeof SOURCES;

/** Ids are part of the exports and never change their meaning; a changed formula gets a new id. */
export const MEASURES = {
  "alpha.sets.jaccard": {
    name: "Krippendorff's alpha on sets of labels, Jaccard distance",
    formula: "1 - (n - 1) D / sum n_c n_k d(c, k), d = 1 - |A and B| / |A or B|",
    sources: ["krippendorff2004", "passonneau2006"],
  },
  "alpha.sets.masi": {
    name: "Krippendorff's alpha on sets of labels, MASI distance",
    formula: "1 - (n - 1) D / sum n_c n_k d(c, k), d = 1 - J M, M = 1, 2/3, 1/3 or 0",
    sources: ["krippendorff2004", "passonneau2006"],
  },
  "alpha.binary": {
    name: "Krippendorff's nominal alpha of “given or not”",
    formula: "1 - (n - 1) o_10 / (n_1 n_0)",
    sources: ["krippendorff2004"],
  },
  "alpha.nominal": {
    name: "Krippendorff's nominal alpha",
    formula: "1 - (n - 1) sum o_ck [c != k] / sum n_c n_k [c != k]",
    sources: ["krippendorff2004", "hayes2007"],
  },
  "alpha.ordinal": {
    name: "Krippendorff's ordinal alpha",
    formula:
      "1 - (n - 1) sum o_ck d2 / sum n_c n_k d2, d2 = (sum_{g=c..k} n_g - (n_c + n_k) / 2)^2",
    sources: ["krippendorff2004", "hayes2007"],
  },
  "alpha.interval": {
    name: "Krippendorff's interval alpha",
    formula: "1 - (n - 1) sum o_ck (c - k)^2 / sum n_c n_k (c - k)^2",
    sources: ["krippendorff2004", "hayes2007"],
  },
  "alpha.questions": {
    name: "Mean over questions of Krippendorff's alpha",
    formula: "mean of the alphas of the questions that have one",
    sources: ["krippendorff2004"],
  },
  "alpha.unitizing": {
    name: "Krippendorff's unitizing alpha (2016)",
    formula: "1 - (1 - sum l_cc / l..) (l.. - Z. / l..) / sum l_c. l_k.",
    sources: ["krippendorff2016"],
  },
  "f1.exact": {
    name: "Mean pairwise F1, the same ranges and label",
    formula: "mean over pairs of 2 TP / (n_a + n_b)",
    sources: ["hripcsak2005"],
  },
  "f1.overlap": {
    name: "Mean pairwise F1, one character in common, the same label",
    formula: "mean over pairs of 2 TP / (n_a + n_b), one-to-one matching of greatest size",
    sources: ["hripcsak2005"],
  },
  "f1.overlap.any": {
    name: "Mean pairwise F1, one character in common, any label",
    formula: "mean over pairs of 2 TP / (n_a + n_b), one-to-one matching of greatest size",
    sources: ["hripcsak2005"],
  },
  psa: {
    name: "Positive specific agreement",
    formula: "2a / (2a + b + c)",
    sources: ["cicchetti1990"],
  },
  percent: {
    name: "Percent agreement",
    formula: "mean over items of the share of agreeing pairs of ratings",
    sources: ["artstein2008"],
  },
  ac1: {
    name: "Gwet's AC1",
    formula: "(p_a - p_e) / (1 - p_e), p_e = sum pi_k (1 - pi_k) / (q - 1)",
    sources: ["gwet2008"],
  },
  "kappa.cohen": {
    name: "Cohen's kappa of two annotators",
    formula: "(p_o - p_e) / (1 - p_e), p_e = sum p_k. p_.k",
    sources: ["cohen1960"],
  },
  gamma: {
    name: "Gamma, mean over documents",
    formula: "1 - observed disorder / expected disorder of the best alignments",
    sources: ["mathet2015"],
  },
} as const satisfies Record<string, Measure>;

/** Publications behind the measures, as BibTeX. */
export const SOURCES = {
  artstein2008: {
    words: "Artstein and Poesio 2008",
    bibtex: `@article{artstein2008,
  author = {Artstein, Ron and Poesio, Massimo},
  title = {Inter-Coder Agreement for Computational Linguistics},
  journal = {Computational Linguistics},
  volume = {34}, number = {4}, pages = {555--596}, year = {2008}
}`,
  },
  cicchetti1990: {
    words: "Cicchetti and Feinstein 1990",
    bibtex: `@article{cicchetti1990,
  author = {Cicchetti, Domenic V. and Feinstein, Alvan R.},
  title = {High agreement but low kappa: {II}. Resolving the paradoxes},
  journal = {Journal of Clinical Epidemiology},
  volume = {43}, number = {6}, pages = {551--558}, year = {1990}
}`,
  },
  cohen1960: {
    words: "Cohen 1960",
    bibtex: `@article{cohen1960,
  author = {Cohen, Jacob},
  title = {A coefficient of agreement for nominal scales},
  journal = {Educational and Psychological Measurement},
  volume = {20}, number = {1}, pages = {37--46}, year = {1960}
}`,
  },
  efron1987: {
    words: "Efron 1987",
    bibtex: `@article{efron1987,
  author = {Efron, Bradley},
  title = {Better bootstrap confidence intervals},
  journal = {Journal of the American Statistical Association},
  volume = {82}, number = {397}, pages = {171--185}, year = {1987}
}`,
  },
  efron1993: {
    words: "Efron and Tibshirani 1993",
    bibtex: `@book{efron1993,
  author = {Efron, Bradley and Tibshirani, Robert J.},
  title = {An Introduction to the Bootstrap},
  publisher = {Chapman \\& Hall}, address = {New York}, year = {1993}
}`,
  },
  feinstein1990: {
    words: "Feinstein and Cicchetti 1990",
    bibtex: `@article{feinstein1990,
  author = {Feinstein, Alvan R. and Cicchetti, Domenic V.},
  title = {High agreement but low kappa: {I}. The problems of two paradoxes},
  journal = {Journal of Clinical Epidemiology},
  volume = {43}, number = {6}, pages = {543--549}, year = {1990}
}`,
  },
  gwet2008: {
    words: "Gwet 2008",
    bibtex: `@article{gwet2008,
  author = {Gwet, Kilem Li},
  title = {Computing inter-rater reliability and its variance in the presence of high agreement},
  journal = {British Journal of Mathematical and Statistical Psychology},
  volume = {61}, number = {1}, pages = {29--48}, year = {2008}
}`,
  },
  hayes2007: {
    words: "Hayes and Krippendorff 2007",
    bibtex: `@article{hayes2007,
  author = {Hayes, Andrew F. and Krippendorff, Klaus},
  title = {Answering the call for a standard reliability measure for coding data},
  journal = {Communication Methods and Measures},
  volume = {1}, number = {1}, pages = {77--89}, year = {2007}
}`,
  },
  hripcsak2005: {
    words: "Hripcsak and Rothschild 2005",
    bibtex: `@article{hripcsak2005,
  author = {Hripcsak, George and Rothschild, Adam S.},
  title = {Agreement, the {F}-measure, and reliability in information retrieval},
  journal = {Journal of the American Medical Informatics Association},
  volume = {12}, number = {3}, pages = {296--298}, year = {2005}
}`,
  },
  krippendorff2004: {
    words: "Krippendorff 2004",
    bibtex: `@book{krippendorff2004,
  author = {Krippendorff, Klaus},
  title = {Content Analysis: An Introduction to Its Methodology},
  edition = {2}, publisher = {Sage}, address = {Thousand Oaks}, year = {2004}
}`,
  },
  krippendorff2016: {
    words: "Krippendorff, Mathet, Bouvry and Widlöcher 2016",
    bibtex: `@article{krippendorff2016,
  author = {Krippendorff, Klaus and Mathet, Yann and Bouvry, St{\\'e}phane and Widl{\\"o}cher, Antoine},
  title = {On the reliability of unitizing textual continua: Further developments},
  journal = {Quality \\& Quantity},
  volume = {50}, number = {6}, pages = {2347--2364}, year = {2016}
}`,
  },
  mathet2015: {
    words: "Mathet, Widlöcher and Métivier 2015",
    bibtex: `@article{mathet2015,
  author = {Mathet, Yann and Widl{\\"o}cher, Antoine and M{\\'e}tivier, Jean-Philippe},
  title = {The unified and holistic method gamma ($\\gamma$) for inter-annotator agreement measure and alignment},
  journal = {Computational Linguistics},
  volume = {41}, number = {3}, pages = {437--479}, year = {2015}
}`,
  },
  passonneau2006: {
    words: "Passonneau 2006",
    bibtex: `@inproceedings{passonneau2006,
  author = {Passonneau, Rebecca J.},
  title = {Measuring agreement on set-valued items ({MASI}) for semantic and pragmatic annotation},
  booktitle = {Proceedings of LREC},
  year = {2006}
}`,
  },
} as const satisfies Record<string, { readonly words: string; readonly bibtex: string }>;

/** Raised when a formula changes, so that no cached figure of an older one is shown. */
export const FORMULAS = 2;
