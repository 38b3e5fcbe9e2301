/** What a language does with a full stop that ends no sentence. Words stand without their last stop. */
type Abbreviations = {
  /** A name or number follows: never the end of a sentence. */
  joining: string;
  /** May also end a sentence: then a common opening word with a capital follows. */
  closing: string;
  /** Joining only before a number: "No. 5", "Dec. 31". */
  numbered: string;
  /** Words that open sentences, as written there. */
  openers: string;
  /** Numbers with a stop are ordinals: "3. Oktober". */
  hasOrdinals?: boolean;
};

const COMMON: Abbreviations = {
  joining:
    "Dr Prof Mr Mrs Ms St Mt Ft Lt Col Gen Capt Sgt Maj Cmdr Adm Rev Hon Fr Sr Sra Dra vs cf",
  closing: "etc Inc Ltd Co Corp Jr Ph.D",
  numbered:
    "No Nos Nr p pp vol Vol Fig fig Art art Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
  openers: "",
};

const LANGUAGES: Record<string, Abbreviations> = {
  en: {
    joining:
      "Messrs Mmes Gov Sen Rep Reps Sens Pres Supt Det Insp Pvt Cpl Brig Amb Sec Atty Asst approx dept est incl e.g i.e viz",
    closing:
      "Bros Ave Blvd Rd U.S U.K U.N E.U a.m p.m et.al al Esq Mass Calif Fla Conn Wash Jan Feb Mar Apr Aug Sep Sept Oct Nov Dec",
    numbered: "ch ed eds sec par para",
    openers:
      "The A An He She It They We You I His Her Its Their Our My This That These Those There Here In On At By For From With Without After Before As If When While Where Why What Who How But And Or So Yet Still Also However Meanwhile Moreover Although Though Since Because Both Some Many Most Several Other Others Another All No Not Only Just Now Then Today Yesterday",
  },
  de: {
    joining:
      "Hr Fr Frl Dipl Ing Mag Hl Abg Min Gen Bd Abs Aufl bzw ca evtl ggf inkl max min sog vgl zzgl Tel Str z.B d.h u.a z.T i.d.R v.a o.ä u.U z.Zt s.o Red geb verh gest",
    closing: "usw usf etc GmbH o.Ä u.ä Mio Mrd Tsd Jh Jhd v.Chr n.Chr",
    numbered: "S Kap Ziff Nr Abb Tab Mai Juni Juli Okt Dez",
    openers:
      "Der Die Das Den Dem Des Ein Eine Einen Einer Er Sie Es Wir Ihr Ich Sein Seine Ihre In Im Am An Auf Aus Bei Mit Nach Von Vor Zu Zum Zur Für Durch Doch Und Aber Oder Auch Als Wenn Weil Wie Was Wer Wo Warum Dies Diese Dieser Dieses Damit Dabei Dann Denn Dort Hier Nun Nur Noch Kein Keine Man Alle Viele Seit Während",
    hasOrdinals: true,
  },
  tr: {
    joining:
      "Sn Doç Yrd Av Uzm Öğr Gör Arş Org Korg Tümg Tuğg Alb Yb Bnb Yzb Ütğm Op Dt Ecz Müh Alm Fr İng Ar bkz çev haz örn T.C M.Ö M.S",
    closing: "vb vd vs Ltd Şti A.Ş Cad Sok Mah Blv yy",
    numbered: "s sf c C bk md",
    openers:
      "Bu Bir O Biz Siz Ben Onlar Ancak Ama Fakat Ve Veya Ayrıca Daha Her Hiç Çünkü Eğer Şimdi Sonra Önce Böylece Oysa İki Üç Bütün Tüm Kim Ne Neden Nasıl",
    hasOrdinals: true,
  },
  fr: {
    joining: "M MM Mme Mmes Mlle Mlles Me Mgr Ste av apr env c.-à-d p.ex bd boul cf ex",
    closing: "etc ap J.-C S.A",
    numbered: "n no art chap janv févr avr juil sept oct nov déc",
    openers:
      "Le La Les L Un Une Des Du Il Elle Ils Elles On Nous Vous Je Ce Cette Ces Cet Son Sa Ses Leur Leurs Dans En Sur Sous Avec Sans Pour Par Après Avant Mais Et Ou Donc Car Si Quand Comme Selon Depuis Pendant À Au Aux",
  },
  es: {
    joining:
      "Sres Srta Srtas D Dña Ud Uds Lic Ing Arq Gral Cnel Tte Cap Dir Excmo Avda Av c p.ej aprox",
    closing: "etc S.A EE.UU a.C d.C a.m p.m",
    numbered: "n núm pág págs cap ene abr ago dic",
    openers:
      "El La Los Las Un Una Unos Unas Lo Él Ella Ellos Ellas Yo Nosotros Este Esta Estos Estas Ese Esa Su Sus En Con Sin Por Para Según Desde Hasta Tras Pero Y O Si Cuando Como Aunque Mientras Además También No Al Del",
  },
  it: {
    joining: "Sig Sigg Sig.ra Dott Dott.ssa Avv Ing Arch On Geom Rag Mons Egr Gent p.es ca",
    closing: "ecc etc S.p.A S.r.l a.C d.C",
    numbered: "n pag pagg cap gen mag giu lug ago set ott dic",
    openers:
      "Il Lo La I Gli Le Un Uno Una L Lui Lei Loro Noi Io Questo Questa Questi Queste Quello Quella Suo Sua In Con Su Per Da Di Del Della Nel Nella Dopo Prima Ma E O Se Quando Come Perché Anche Non Secondo",
  },
  pt: {
    joining: "Srs Sras Exmo Eng Av Cel Gal p.ex",
    closing: "etc S.A a.C d.C",
    numbered: "n núm pág fev abr mai ago set out dez",
    openers:
      "O A Os As Um Uma Ele Ela Eles Elas Eu Nós Este Esta Esse Essa Isso Seu Sua Em No Na Nos Nas Com Sem Por Para Segundo Desde Após Mas E Ou Se Quando Como Embora Não",
  },
  nl: {
    joining: "dhr mevr mw ir drs mr ds dr prof bijv bv ca incl d.w.z o.a m.a.w",
    closing: "enz etc e.d B.V N.V",
    numbered: "blz nr art jan feb mrt apr aug sept okt nov dec",
    openers:
      "De Het Een Hij Zij Ze Wij We Ik Dit Dat Deze Die In Op Aan Bij Met Na Van Voor Naar Door Maar En Of Als Toen Wat Wie Waar Hoe Ook Er Volgens",
  },
};

/** Languages where a number and a stop is an ordinal, beside those above. */
const ORDINALS = new Set([
  "da",
  "nb",
  "nn",
  "no",
  "fi",
  "cs",
  "sk",
  "pl",
  "hu",
  "hr",
  "sr",
  "sl",
  "et",
  "lv",
]);

/** Looks up the stops of one language. Words are given without their last stop. */
export type StopRules = {
  isJoining(word: string): boolean;
  isClosing(word: string): boolean;
  isNumbered(word: string): boolean;
  opensSentence(word: string): boolean;
  hasOrdinals: boolean;
};

/** The rules for a language tag such as "en" or "de-AT"; a language without a list gets the common ones and English. */
export function stopRules(language: string): StopRules {
  const code = language.toLowerCase().split(/[-_]/)[0] ?? "";
  const own = LANGUAGES[code] ?? LANGUAGES.en ?? COMMON;
  const joining = wordSet(COMMON.joining, own.joining);
  const closing = wordSet(COMMON.closing, own.closing);
  const numbered = wordSet(COMMON.numbered, own.numbered);
  const openers = wordSet(COMMON.openers, own.openers);
  return {
    isJoining: (word) => joining.has(word),
    isClosing: (word) => closing.has(word),
    isNumbered: (word) => numbered.has(word),
    opensSentence: (word) => openers.has(word),
    hasOrdinals: own.hasOrdinals === true || ORDINALS.has(code),
  };
}

function wordSet(...lists: string[]): Set<string> {
  return new Set(lists.flatMap((list) => list.split(" ")));
}
