import { escapeText } from "./svg.ts";
import type { Page, PageSection, PageTable } from "./types.ts";

const STYLE = `body{margin:0;background:#f5f7f9;color:#1c2733;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:1120px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:26px;margin:0}h2{font-size:18px;margin:0 0 12px}
.sub{color:#5b6b7b;margin:4px 0 24px;overflow-wrap:anywhere}
section{background:#fff;border:1px solid #dfe5eb;border-radius:8px;padding:18px 20px;margin:0 0 18px;overflow-x:auto}
svg{max-width:100%;height:auto;display:block}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:12px 20px;margin:0}
dl+svg{margin-top:20px}svg+p{margin-top:12px}
dt{color:#5b6b7b;font-size:13px}dd{margin:0;font-size:17px;font-weight:600;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
th{text-align:left;color:#5b6b7b;font-weight:600;border-bottom:1px solid #c9d3dd;padding:4px 12px 4px 0}
td{border-bottom:1px solid #eef1f4;padding:4px 12px 4px 0;vertical-align:top}
.n{text-align:right}p{margin:0 0 8px}
@media print{body{background:#fff}section{break-inside:avoid}}`;

/** One page that needs no other file and no network. */
export function htmlPage({ title, subtitle, sections }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
<p class="sub">${escapeText(subtitle)}</p>
${sections.map(sectionHtml).join("\n")}
</main>
</body>
</html>
`;
}

function sectionHtml({ title, text, figures, svg, table }: PageSection): string {
  const parts = [`<h2>${escapeText(title)}</h2>`];
  if (figures) {
    const list = figures.map(([name, value]) => `<div><dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd></div>`);
    parts.push(`<dl>${list.join("")}</dl>`);
  }
  if (svg) parts.push(svg);
  if (table) parts.push(tableHtml(table));
  for (const paragraph of text ?? []) parts.push(`<p>${escapeText(paragraph)}</p>`);
  return `<section>${parts.join("\n")}</section>`;
}

function tableHtml({ head, rows, numbers = [] }: PageTable): string {
  const side = (column: number): string => (numbers.includes(column) ? ' class="n"' : "");
  const cells = (name: "th" | "td", row: readonly (string | number)[]): string =>
    row.map((cell, i) => `<${name}${side(i)}>${escapeText(String(cell))}</${name}>`).join("");
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  return `<table><thead><tr>${cells("th", head)}</tr></thead><tbody>${body}</tbody></table>`;
}
