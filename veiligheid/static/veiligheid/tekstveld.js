/* Turns each <textarea data-tekstveld="address of the editor"> into an editor for rich text.
   Without this script the textarea stays, and takes plain text. What may be stored is decided on the server
   (veiligheid/opmaak): the list of what the editor knows is only there so that nobody is surprised. */

const TALEN = {en: "Engels", de: "Duits", fr: "Frans", fy: "Fries", ar: "Arabisch", pl: "Pools", tr: "Turks", uk: "Oekraïens"};
const VEILIG = /^(https?:\/\/|mailto:|www\.|\/(?![\\/])|#)/i;

/* --- Word: a list item there is a paragraph whose style names list and level, with its bullet in a span of its own --- */

const NIVEAU = /mso-list:\s*l\d+\s+level(\d)/i;

/* The first row of a table heads its columns, as the server will have it: shown at once. */
function koppenBoven(bron) {
  for (const tabel of bron.querySelectorAll("table")) {
    if (tabel.rows.length < 2 || tabel.querySelector("table")) continue;
    for (const cel of [...tabel.rows[0].cells].filter((deze) => deze.localName === "td" && deze.textContent.trim())) {
      const kop = bron.createElement("th");
      for (const naam of ["colspan", "rowspan"]) if (cel.hasAttribute(naam)) kop.setAttribute(naam, cel.getAttribute(naam));
      kop.append(...cel.childNodes);
      cel.replaceWith(kop);
    }
  }
}

function uitWord(html) {
  /* The content security policy counts for a parsed clipboard too: no style or handler is made, we only read them. */
  const zonderStijl = html
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-stijl=").replace(/\son\w+\s*=/gi, " data-weg="));
  const bron = new DOMParser().parseFromString(zonderStijl, "text/html");
  bron.querySelectorAll("script,style,title,meta,link").forEach((weg) => weg.remove());
  const stijl = (knoop) => knoop.dataset?.stijl || "";
  let lijsten = [];
  for (const alinea of [...bron.querySelectorAll("p")]) {
    const niveau = Number(stijl(alinea).match(NIVEAU)?.[1]);
    if (!niveau) {
      lijsten = [];
      continue;
    }
    let merk = "";
    alinea.querySelectorAll("span").forEach((span) => {
      if (/mso-list:\s*ignore/i.test(stijl(span))) {
        merk += span.textContent;
        span.remove();
      }
    });
    const soort = /^\W*[\da-z]{1,4}[.)]/i.test(merk) ? "ol" : "ul";
    if (soort === "ol" && !lijsten.length && !/^\W*[1aAiI][.)]/.test(merk)) {
      alinea.prepend(`${merk.trim()} `); /* a list that goes on counting would be renumbered */
      continue;
    }
    const aansluitend = lijsten.length && lijsten[0].lijst.nextElementSibling === alinea;
    if (!aansluitend) lijsten = [];
    while (lijsten.length > 1 && lijsten.at(-1).niveau > niveau) lijsten.pop();
    if (lijsten.at(-1)?.niveau === niveau && lijsten.at(-1).lijst.localName !== soort) lijsten.pop();
    if (!lijsten.length || lijsten.at(-1).niveau < niveau) {
      const lijst = bron.createElement(soort);
      const boven = lijsten.at(-1)?.lijst.lastElementChild;
      if (boven) boven.append(lijst);
      else alinea.before(lijst);
      lijsten.push({lijst, niveau});
    }
    const punt = bron.createElement("li");
    punt.append(...alinea.childNodes);
    lijsten.at(-1).lijst.append(punt);
    alinea.remove();
  }
  bron.querySelectorAll("h1,h2,h5,h6").forEach((kop) => {
    const nieuw = bron.createElement(kop.localName < "h3" ? "h3" : "h4");
    nieuw.append(...kop.childNodes);
    kop.replaceWith(nieuw);
  });
  if (!/data-pm-slice/.test(html)) koppenBoven(bron); /* cells copied inside the editor keep what they are */
  if (/mso/i.test(html)) bron.querySelectorAll("[lang]").forEach((knoop) => knoop.removeAttribute("lang"));
  bron.querySelectorAll("[data-stijl]").forEach((knoop) => {
    if (/^(B|STRONG)$/.test(knoop.nodeName) && /font-weight:\s*normal/i.test(stijl(knoop))) knoop.replaceWith(...knoop.childNodes);
    else knoop.removeAttribute("data-stijl");
  });
  return bron.body.innerHTML;
}

/* --- What the editor knows ------------------------------------------------------------------------------------- */

function kent(E) {
  const Taal = E.Mark.create({
    name: "taal",
    inclusive: false,
    addAttributes: () => ({lang: {default: null}}),
    parseHTML: () => [{tag: "span[lang]", getAttrs: (knoop) => !/^nl/i.test(knoop.lang) && null}],
    renderHTML: ({HTMLAttributes}) => ["span", HTMLAttributes, 0],
  });
  const Tabel = E.Table.extend({
    addAttributes() {
      const lees = (tabel) => tabel.querySelector("caption")?.textContent.trim() || "";
      return {...this.parent?.(), bijschrift: {default: "", parseHTML: lees, renderHTML: () => ({})}};
    },
    parseHTML: () => [{tag: "table"}, {tag: "caption", ignore: true}],
    renderHTML: ({node}) => [
      "table",
      ...(node.attrs.bijschrift ? [["caption", {contenteditable: "false"}, node.attrs.bijschrift]] : []),
      ["tbody", 0],
    ],
    addNodeView: () => null,
    /* In the last cell Tab leaves the editor: a new row there would keep a keyboard in for ever. */
    addKeyboardShortcuts() {
      return {
        Tab: () => this.editor.commands.goToNextCell(),
        "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
      };
    },
  });
  const plat = "(paragraph | bulletList | orderedList)+";
  const cel = {
    content: plat,
    addAttributes() {
      const {align: _, ...rest} = this.parent?.() || {};
      return rest;
    },
  };
  return [
    E.Document, E.Paragraph, E.Text, E.HardBreak, E.Bold, E.Italic, E.BulletList, E.History, E.Gapcursor,
    Taal, Tabel, E.TableRow,
    E.ListItem.extend({content: "paragraph (paragraph | bulletList | orderedList)*"}),
    E.Blockquote.extend({content: plat}),
    E.OrderedList.extend({addInputRules: () => []}),
    E.TableCell.extend(cel), E.TableHeader.extend(cel),
    E.Heading.configure({levels: [3, 4]}),
    E.Link.configure({autolink: false, openOnClick: false, isAllowedUri: (adres) => VEILIG.test(adres)}),
  ];
}

/* --- Asking one thing ------------------------------------------------------------------------------------------- */

let vensters = 0;

function maak(naam, eigenschappen = {}, ...kinderen) {
  const knoop = Object.assign(document.createElement(naam), eigenschappen);
  knoop.append(...kinderen);
  return knoop;
}

/* Ask for one value; `klaar` gets it, "" included, or nothing happens when the person cancels. */
function vraag({titel, label, uitleg, veld, waarde, weg, keur}, klaar) {
  const id = `tekstveld-venster-${++vensters}`;
  veld.id = `${id}-veld`;
  veld.value = waarde;
  const hulp = maak("p", {id: `${id}-uitleg`, textContent: uitleg});
  veld.setAttribute("aria-describedby", hulp.id);
  const formulier = maak("form", {method: "dialog"},
    maak("h2", {id: `${id}-titel`, textContent: titel}), maak("label", {htmlFor: veld.id, textContent: label}), veld, hulp,
    maak("div", {}, maak("button", {value: "bewaar", textContent: "Bewaren"}),
      ...(weg && waarde ? [maak("button", {value: "weg", textContent: weg, formNoValidate: true})] : []),
      maak("button", {value: "", textContent: "Annuleren", formNoValidate: true})));
  const venster = maak("dialog", {className: "tekstveld-venster"}, formulier);
  venster.setAttribute("aria-labelledby", `${id}-titel`);
  if (keur) veld.addEventListener("input", () => veld.setCustomValidity(keur(veld.value.trim())));
  venster.addEventListener("close", () => {
    const antwoord = venster.returnValue;
    venster.remove();
    if (antwoord === "bewaar") klaar(veld.value.trim());
    if (antwoord === "weg") klaar("");
  });
  document.body.append(venster);
  venster.showModal();
}

/* Change a mark on all words that carry it, or on the chosen ones; the cursor stays where it was. */
function opBereik(editor, merk, doe) {
  const {from, to} = editor.state.selection;
  const keten = editor.chain().focus();
  return doe(from === to ? keten.extendMarkRange(merk) : keten).setTextSelection({from, to}).run();
}

function vraagLink(editor) {
  const keur = (adres) => (!adres || (VEILIG.test(adres) && !/^http:/i.test(adres)) ? "" : "Begin het adres met https://, mailto: of /.");
  vraag({
    titel: "Link", label: "Adres", weg: "Link weghalen", keur, waarde: editor.getAttributes("link").href || "",
    uitleg: "Begin met https://, mailto: of / voor een pagina van deze site.", veld: maak("input", {type: "text"}),
  }, (adres) => {
    if (!editor.state.selection.empty || editor.isActive("link")) {
      return opBereik(editor, "link", (keten) => (adres ? keten.setLink({href: adres}) : keten.unsetLink()));
    }
    const tekst = {type: "text", text: adres, marks: [{type: "link", attrs: {href: adres}}]};
    return adres && editor.chain().focus().insertContent(tekst).run();
  });
}

function vraagTaal(editor) {
  const veld = maak("select", {}, ...Object.entries({"": "Nederlands", ...TALEN}).map(([value, textContent]) => maak("option", {value, textContent})));
  vraag({
    titel: "Taal", label: "Taal van de gekozen woorden", veld, waarde: editor.getAttributes("taal").lang || "",
    uitleg: "Een schermlezer spreekt de woorden dan goed uit.",
  }, (lang) => {
    opBereik(editor, "taal", (keten) => (lang ? keten.setMark("taal", {lang}) : keten.unsetMark("taal")));
  });
}

function vraagBijschrift(editor) {
  vraag({
    titel: "Bijschrift", label: "Bijschrift van de tabel", veld: maak("input", {type: "text", maxLength: 200}),
    uitleg: "Zeg kort wat in de tabel staat, en in welke eenheid.", waarde: editor.getAttributes("table").bijschrift || "",
  }, (bijschrift) => editor.chain().focus().updateAttributes("table", {bijschrift}).run());
}

/* --- The bar: name, what it does, whether it is on, whether it can -------------------------------------------- */

const KNOPPEN = [
  ["Kop", (k) => k.toggleHeading({level: 3}), (e) => e.isActive("heading", {level: 3})],
  ["Subkop", (k) => k.toggleHeading({level: 4}), (e) => e.isActive("heading", {level: 4})],
  ["Vet", (k) => k.toggleBold(), (e) => e.isActive("bold")],
  ["Schuin", (k) => k.toggleItalic(), (e) => e.isActive("italic")],
  ["Opsomming", (k) => k.toggleBulletList(), (e) => e.isActive("bulletList")],
  ["Nummering", (k) => k.toggleOrderedList(), (e) => e.isActive("orderedList")],
  ["Citaat", (k) => k.toggleBlockquote(), (e) => e.isActive("blockquote")],
  ["Link", vraagLink, (e) => e.isActive("link")],
  ["Taal", vraagTaal, (e) => e.isActive("taal"), (e) => !e.state.selection.empty || e.isActive("taal")],
  ["Tabel", (k) => k.insertTable({rows: 3, cols: 3, withHeaderRow: true}), null, (e) => !e.isActive("table")],
  ["Ongedaan maken", (k) => k.undo(), null, (e) => e.can().undo()],
  ["Opnieuw", (k) => k.redo(), null, (e) => e.can().redo()],
];
const TABELKNOPPEN = [
  ["Bijschrift", vraagBijschrift],
  ["Rij erbij", (k) => k.addRowAfter()],
  ["Rij weg", (k) => k.deleteRow()],
  ["Kolom erbij", (k) => k.addColumnAfter()],
  ["Kolom weg", (k) => k.deleteColumn()],
  ["Eerste kolom is kop", (k) => k.toggleHeaderColumn()],
  ["Tabel weg", (k) => k.deleteTable()],
];
const VRAGEN = [vraagLink, vraagTaal, vraagBijschrift];

function balk(editor, naam, knoppen, zichtbaar) {
  const doos = maak("div", {className: "tekstveld__balk", role: "toolbar"});
  doos.setAttribute("aria-label", naam);
  for (const [tekst, doe, aan, kan] of knoppen) {
    const knop = maak("button", {type: "button", textContent: tekst, tabIndex: -1});
    knop.addEventListener("click", () => {
      if (knop.getAttribute("aria-disabled") === "true") return;
      if (VRAGEN.includes(doe)) doe(editor);
      else doe(editor.chain().focus()).run();
    });
    knop.ververs = () => {
      if (aan) knop.setAttribute("aria-pressed", String(aan(editor)));
      if (kan) knop.setAttribute("aria-disabled", String(!kan(editor)));
    };
    doos.append(knop);
  }
  const alle = [...doos.children];
  alle[0].tabIndex = 0;
  doos.addEventListener("keydown", (toets) => {
    if (toets.key === "Escape") editor.commands.focus();
    const hier = alle.indexOf(document.activeElement);
    const naar = {ArrowRight: hier + 1, ArrowLeft: hier - 1, Home: 0, End: -1}[toets.key];
    if (naar === undefined) return;
    toets.preventDefault();
    alle.forEach((knop) => (knop.tabIndex = -1));
    const knop = alle.at(naar % alle.length);
    knop.tabIndex = 0;
    knop.focus();
  });
  const ververs = () => {
    doos.hidden = !zichtbaar(editor);
    alle.forEach((knop) => knop.ververs());
  };
  editor.on("transaction", ververs);
  ververs();
  return doos;
}

/* Alt+F10 goes from the text to the bar, to that of the table when there is one; Esc goes back. */
function naarBalk(doos, toets) {
  if (toets.key !== "F10" || !toets.altKey) return false;
  [...doos.querySelectorAll(".tekstveld__balk:not([hidden]) [tabindex='0']")].at(-1).focus();
  return true;
}

/* --- One field --------------------------------------------------------------------------------------------------- */

async function begin(veld) {
  const E = await import(veld.dataset.tekstveld);
  const doos = maak("div", {className: "tekstveld"});
  const label = document.querySelector(`label[for="${veld.id}"]`);
  const attributen = {class: "tekstveld__vak", role: "textbox", "aria-multiline": "true", lang: "nl"};
  if (label) {
    label.id ||= `${veld.id}_label`;
    attributen["aria-labelledby"] = label.id;
  } else {
    attributen["aria-label"] = veld.getAttribute("aria-label") || "Tekst";
  }
  for (const naam of ["aria-describedby", "aria-invalid"]) {
    if (veld.hasAttribute(naam)) attributen[naam] = veld.getAttribute(naam);
  }
  veld.before(doos);
  const editor = new E.Editor({
    element: doos,
    injectCSS: false,
    editable: !veld.disabled && !veld.readOnly,
    extensions: kent(E),
    content: veld.value,
    editorProps: {attributes: attributen, transformPastedHTML: uitWord, handleKeyDown: (_, toets) => naarBalk(doos, toets)},
    onUpdate() {
      veld.value = editor.isEmpty ? "" : editor.getHTML();
      veld.dispatchEvent(new Event("input", {bubbles: true}));
    },
  });
  doos.prepend(balk(editor, "Opmaak", KNOPPEN, () => true), balk(editor, "Tabel", TABELKNOPPEN, (e) => e.isActive("table")));
  label?.addEventListener("click", () => editor.commands.focus());
  veld.hidden = true;
}

for (const veld of document.querySelectorAll("textarea[data-tekstveld]")) begin(veld);
