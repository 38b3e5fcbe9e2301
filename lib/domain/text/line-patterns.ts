/** What one line of an article says about itself, whatever stands around it. Lines come without blanks at the ends. */

const AGENCY =
  "AFP|AP|AA|EPA|EFE|DPA|dpa|ANSA|PA|TASS|IRNA|WAFA|Reuters|REUTERS|Getty(?: Images)?|AP Photo|Associated Press|Anadolu(?: Agency)?|Xinhua|IMAGO|Shutterstock|Alamy|iStock|Unsplash|新华社|路透社|法新社|رويترز|أ ف ب|فرانس برس";

const WIDGET =
  /^\W?(?:loading|please wait|advertisement|sponsored content|yükleniyor|reklam|wird geladen|lädt|anzeige|werbung|chargement|publicité|cargando|publicidad|caricamento|pubblicità|advertentie|جار التحميل|جاري التحميل|إعلان|טוען|פרסומת|加载中|广告|読み込み中)\s?(?:\.{3}|…)?\W?$/iu;

const RELATED =
  /^(?:read more|read also|also read|read next|see also|see more|more on this(?: story| topic)?|more from .{1,30}|related(?: stories| articles| news| links| reading| content)?|further reading|recommended|don[’']t miss|watch|watch also|listen|haberin devami|ayrica okuyun|ayrica bakiniz|bunu da okuyun|ilgili haber(?:ler)?|devamini oku|lesen sie auch|lesen sie mehr|mehr zum thema|siehe auch|lire aussi|à lire aussi|lire la suite|voir aussi|sur le même sujet|lea también|lee también|lea más|vea también|le puede interesar|leggi anche|per approfondire|leia também|veja também|lees ook|اقرأ أيض[اً]+|اقرأ المزيد|اقرأ أكثر|شاهد أيض[اً]+|مواضيع ذات صلة|קראו עוד|קראו גם|ראו גם|延伸阅读|相关阅读|相关新闻|相关报道|阅读更多|延伸閱讀|関連記事|あわせて読みたい)(?<rest>\s*[:：|›»>→–—-].*|)$/iu;
const RELATED_CAPITALS =
  /^(?:READ MORE|ALSO READ|READ ALSO|SEE ALSO|READ NEXT|RELATED|WATCH)\s+\S/u;

const PROMO =
  /^(?:©|\(c\)\s?\d{4}|copyright\b|all rights reserved|(?:please )?(?:subscribe|sign up|follow us|join us|download (?:our|the) app|share this|share on|get the latest|click here|support (?:our|independent) journalism|bizi takip edin|abone olun|abonnieren sie|folgen sie uns|abonnez-vous|suivez-nous|suscr[íi]b[ea]|síguenos|iscriviti|seguici|تابعونا|اشترك|הירשמו|עקבו אחרינו|关注我们|订阅|版权所有)(?=$|[\s\p{P}\p{Script=Han}]))/iu;

const CREDIT_WORD =
  /^[[(]?(?:photo(?:s|graph|graphy| credit| by)?|picture(?: credit| by)?|image(?: credit| source|s)?|credit|courtesy|foto(?:ğraf|s|grafie)?|fotograf|bild(?:quelle|nachweis)?|quelle|crédits?(?: photo)?|crédito|imagen|immagine|credito|صورة|الصورة|تصوير|צילום|图片来源|图源|摄影|攝影|图|写真)\s*[:：/|](?<rest>.*)$|^photo by (?<by>.*)$/iu;
const AGENCY_LINE = new RegExp(
  `^[[(（【]?(?:(?:File|Archive|FILE)\\s*[:：-]\\s*)?(?:[^.!?。]{0,50}[/,|]\\s*)?(?:${AGENCY})(?:\\s?/\\s?[^.!?。]{1,40})?[\\])）】]?\\.?$`,
  "u",
);
const BRACKETED_FILE = /^[[(](?:file|archive|courtesy|handout|screengrab)\b[^\])]{0,80}[\])]$/iu;
const COPYRIGHT_NAME = /^(?:©|\(c\))\s?(?!\d{4}\b.{20})[^.!?]{2,40}$/iu;

const CAPTION =
  /\bfile[ -]?(?:photo|picture|image)(?:graph)?\b|^(?:file|file photo|caption|image caption|photo caption|bildunterschrift|légende|pie de foto)\s*[:–—-]|\(L[- ](?:to )?R\)|^(?:in )?this (?:[\p{L}\d., -]{0,40})?(?:photo|picture|image|photograph|handout|frame grab|screengrab)\b|dosya fotoğraf|arşiv fotoğraf|\barchiv(?:bild|foto)|\bsymbolbild|photo d[’']archives?|\(archives?\)|(?:foto|imagen) de archivo|foto d[’']archivio|صورة أرشيفية|\(أرشيف\)|תמונת ארכיון|\(ארכיון\)|资料图|资料照|^图为|檔案照|資料写真/iu;
const CAPTION_END = new RegExp(
  `[[(（](?:[^\\])）]{0,60}[/:,|–-]\\s*)?(?:${AGENCY})(?:/[^\\])）]{1,40})?[\\])）]\\.?$|[[(](?:File|Archive)\\s*:[^\\])]{1,60}[\\])]\\.?$`,
  "u",
);

const BYLINE_WORD =
  /^(?:by|von|par|por|di|da|door|yazan|haber|muhabir|text|texte|texto|autor|author|words by|بقلم|كتبت?|إعداد|מאת|文|记者|撰文|作者|編集|取材)(?:\s*[:：|｜/]\s*|\s+)(?<names>\S.*)$/iu;
const NAME_PARTICLE =
  /^(?:and|und|et|y|e|ve|i|en|with|for|in|of|the|at|von|van|de|der|den|del|della|di|da|du|la|le|el|al|bin|ibn|ben|zu|مع|و)$/iu;
const CREDIT_LINE =
  /^\(?(?:(?:additional |further )?reporting|writing|editing|compiled|written|translated) (?:and \p{L}+ )?by\b|^source\s*[:：]|^kaynak\s*:|^المصدر\s*:|^来源[:：]|^مصدر\s*:/iu;

const DATE_WORD =
  /^(?:published|updated|posted|last (?:updated|modified)|first published|yayinlan\p{L}+|güncelle\p{L}+|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|نشرت?|תאריך|פורסם|发布时间|更新时间)(?=[\s:：]).*[\d٠-٩]/iu;
const DATE_LINE =
  /^(?:[\p{L} ]{2,25},\s*)?(?:\d{1,2}(?:\.|st|nd|rd|th)?[ ./-](?:\d{1,2}|\p{L}{3,12}\.?)[ ./-]\s?\d{4}|\p{Lu}\p{L}{2,11}\.? \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日)(?:[ ,|T–-].{0,25})?$/u;

const DATELINE = new RegExp(
  `^[^.!?。]{2,60}?[(（](?:${AGENCY}|[\\p{Lu}]{2,6})[)）]\\s?[—–-]|^\\p{Lu}[\\p{Lu}’'-]{2,}(?:[ ,]+[\\p{L}\\d.]+){0,5}\\s?[—–-]{1,2}\\s|^\\p{L}{2,5}社[^。]{2,20}电|^[（(【]?(?:${AGENCY})[)）】]?\\s?[—–-]`,
  "u",
);

const TERMINAL = /[.!?…。！？．؟۔।։,;:，；：、،؛]["'”’»“«」』】)\]）*_]*$/u;
const FULL_STOP = /[.。۔।։．]["'”’»“«」』】)\]）*_]*$/u;
const QUESTION = /[?？؟]["'”’»“«」』)\]）]*$/u;

/** A placeholder that a page left where something was to load. */
export function isWidget(line: string): boolean {
  return WIDGET.test(fold(line));
}

/** Turkish capitals "I" and "İ" both count as "i", which the flag `i` of an expression does not know. */
function fold(line: string): string {
  return line.replace(/[İı]/g, "i");
}

/** A link to another article, or ("heading") only the title of a list of such links. */
export function relatedKind(line: string): "link" | "heading" | null {
  if (line.length > 200) return null;
  const words = fold(line).replace(/^[>»›→▶]\s?/u, "");
  if (RELATED_CAPITALS.test(words)) return "link";
  const rest = RELATED.exec(words)?.groups?.rest;
  if (rest === undefined) return null;
  return rest.replace(/^[\s:：|›»>→–—-]+/u, "") === "" ? "heading" : "link";
}

/** Subscription, sharing and copyright lines. */
export function isPromotion(line: string): boolean {
  return line.length <= 160 && PROMO.test(fold(line));
}

/** Names who took or owns a picture and says nothing of what it shows. */
export function isPhotoCredit(line: string): boolean {
  if (line.length > 100) return false;
  const word = CREDIT_WORD.exec(line);
  if (word !== null) {
    const rest = (word.groups?.rest ?? word.groups?.by ?? "").trim();
    return rest !== "" && rest.length <= 60 && (!FULL_STOP.test(rest) || rest.length <= 25);
  }
  return AGENCY_LINE.test(line) || BRACKETED_FILE.test(line) || COPYRIGHT_NAME.test(line);
}

/** A few capitals alone, as agencies sign a picture: "AA". Means something only below a caption. */
export function isInitials(line: string): boolean {
  return /^\p{Lu}{2,4}$/u.test(line);
}

/** Describes a picture by its own words. */
export function isCaption(line: string): boolean {
  return (
    line.length <= 400 &&
    (CAPTION.test(fold(line)) || CAPTION_END.test(line) || startsAsPicture(line))
  );
}

function startsAsPicture(line: string): boolean {
  return CREDIT_WORD.test(line) && !isPhotoCredit(line);
}

/** Says who wrote: "By" and names, at the top of an article. */
export function isByline(line: string): boolean {
  if (line.length > 120) return false;
  const names = BYLINE_WORD.exec(line)?.groups?.names;
  if (names === undefined || (FULL_STOP.test(names) && !/\b[JS]r\.$/u.test(names))) return false;
  const person = names.split(/[,|،，]/u)[0] ?? "";
  const words = person.split(/\s+/u).filter((word) => word !== "");
  const named = words.filter((word) => !NAME_PARTICLE.test(word));
  return (
    named.length > 0 && words.length <= 12 && named.every((word) => !/^\p{Ll}|^\d/u.test(word))
  );
}

/** Names reporters, editors or the source of the whole article; may stand at its end. */
export function isCreditLine(line: string): boolean {
  return line.length <= 200 && CREDIT_LINE.test(fold(line));
}

/** Only a place and a date, as under a headline. */
export function isDateOnly(line: string): boolean {
  return (
    line.length <= 80 &&
    !FULL_STOP.test(line) &&
    (DATE_WORD.test(fold(line)) || DATE_LINE.test(line))
  );
}

/** A paragraph that opens with place and agency, so it begins the report itself. */
export function hasDateline(line: string): boolean {
  return DATELINE.test(line);
}

/** Ends as a sentence or a part of one ends. */
export function endsAsSentence(line: string): boolean {
  return TERMINAL.test(line);
}

/** Ends with a full stop, which headlines do not. */
export function endsWithFullStop(line: string): boolean {
  return FULL_STOP.test(line) && !/(?:\.\.\.|…)["'”’»]*$/u.test(line);
}

/** Ends with a question mark, which headings may. */
export function endsAsQuestion(line: string): boolean {
  return QUESTION.test(line);
}

/** An item of a list with a bullet. */
export function isListItem(line: string): boolean {
  return /^[-–—•*·▪◦‣●○✓✔→]\s/u.test(line);
}

/** Level of a heading marked with number signs, 0 without. */
export function headingLevel(line: string): number {
  return /^(#{1,6})\s+\S/u.exec(line)?.[1]?.length ?? 0;
}

/** The whole line is one quotation, perhaps with its speaker after a dash. */
export function isQuotation(line: string): boolean {
  if (/^>\s/u.test(line)) return true;
  const close = CLOSING[line[0] ?? ""];
  if (close === undefined) return false;
  const body = line
    .slice(1)
    .replace(/\s?[—–-]{1,2}\s?[\p{L}][^.!?"”»]{1,80}$/u, "")
    .replace(/[.!?]$/u, "");
  return (
    body.length > 1 && close.includes(body.at(-1) ?? "") && !holdsAny(body.slice(0, -1), close)
  );
}

function holdsAny(text: string, characters: string): boolean {
  return [...characters].some((character) => text.includes(character));
}

const CLOSING: Record<string, string> = {
  '"': '"',
  "“": "”",
  "„": "“”",
  "«": "»",
  "»": "«",
  "「": "」",
  "『": "』",
};
