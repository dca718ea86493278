namespace CrmSync.Worker.Rules.Document;

/// <summary>How the page looks: on a screen by day and night, on a narrow one, and on A4.</summary>
internal static class PageStyle
{
    internal const string Css = """
        :root { color-scheme: light dark; --ink: #1c2733; --quiet: #586472; --line: #d5dce3; --paper: #fff; --tint: #f3f6f9; --mark: #0b5f74; --on-mark: #fff }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e9ee; --quiet: #9fabb7; --line: #36414c; --paper: #14191f; --tint: #1d242c; --mark: #6cc4d8; --on-mark: #0c1a1f }
        }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; overflow-wrap: break-word }
        main { max-width: 52rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
        header { border-top: .4rem solid var(--mark); padding-top: 1.5rem }
        h1 { font-size: 2.1rem; line-height: 1.15; letter-spacing: -.02em; margin: 0 }
        h2 { font-size: 1.4rem; line-height: 1.25; margin: 3rem 0 .75rem; padding-bottom: .35rem; border-bottom: 2px solid var(--mark) }
        h3 { font-size: 1.05rem; line-height: 1.3; margin: 2rem 0 .5rem }
        p { margin: .5rem 0; max-width: 44rem }
        ul, ol { margin: .5rem 0; padding-left: 1.25rem }
        li { margin: .2rem 0 }
        a { color: var(--mark) }
        .subtitle { font-size: 1.15rem; color: var(--quiet) }
        .about { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1.25rem 0; padding: .9rem 1.1rem; background: var(--tint); border-radius: .5rem }
        .about dt { font-size: .8rem; color: var(--quiet) }
        .about dd { margin: 0; font-weight: 600 }
        nav ol { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; list-style: none; padding: 0; font-size: .92rem }
        .steps { list-style: none; counter-reset: step; display: grid; grid-template-columns: repeat(3, 1fr); gap: .75rem; padding: 0; margin: 1.25rem 0 }
        .steps li { counter-increment: step; background: var(--tint); border-radius: .5rem; padding: .9rem 1rem; margin: 0 }
        .steps li::before { content: counter(step); display: inline-block; width: 1.6rem; height: 1.6rem; line-height: 1.6rem; margin-bottom: .5rem; border-radius: 50%; background: var(--mark); color: var(--on-mark); text-align: center; font-weight: 700; font-size: .9rem }
        .steps strong { display: block; line-height: 1.3; margin-bottom: .3rem }
        .terms div { display: grid; grid-template-columns: 11rem 1fr; gap: .15rem 1rem; padding: .4rem 0; border-bottom: 1px solid var(--line) }
        .terms dt { font-weight: 600 }
        .terms dd { margin: 0 }
        #questions .terms div { grid-template-columns: 1fr }
        table { width: 100%; border-collapse: collapse; margin: .9rem 0 }
        th, td { text-align: left; vertical-align: top; padding: .55rem .8rem .55rem 0; border-bottom: 1px solid var(--line) }
        thead th { font-size: .8rem; font-weight: 600; color: var(--quiet); border-bottom: 2px solid var(--line) }
        tbody th { font-weight: 600; width: 13rem }
        td ul { margin: .2rem 0; padding-left: 1.1rem }
        .points, .criteria thead th:nth-child(3) { width: 10.5rem; text-align: right; padding-right: 0 }
        .points b { font-size: 1.15rem; font-variant-numeric: tabular-nums }
        .points small { display: block; color: var(--quiet); line-height: 1.3 }
        .numbers td, .numbers thead th + th { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0 }
        #answers tbody th { width: 45%; font-weight: 500 }
        #names td, #names tbody th { font-size: .88rem; padding-top: .35rem; padding-bottom: .35rem }
        pre { margin: .75rem 0; padding: 1rem 1.1rem; background: var(--tint); border-left: .3rem solid var(--mark); border-radius: 0 .5rem .5rem 0; font: .88rem/1.55 ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap }
        .signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem 2.5rem; margin-top: 1.25rem }
        .signatures h3 { margin: 0 }
        .signatures p { margin: 0; padding-top: 2.6rem; border-bottom: 1px solid var(--ink); color: var(--quiet); font-size: .85rem }
        @media (max-width: 40rem) {
          main { padding-top: 1rem }
          h1 { font-size: 1.7rem }
          .steps, .signatures, .terms div { grid-template-columns: 1fr }
          table:not(.numbers), table:not(.numbers) tbody, table:not(.numbers) tr, table:not(.numbers) tbody th, table:not(.numbers) td { display: block; width: auto }
          table:not(.numbers) thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
          table:not(.numbers) tr { padding: .6rem 0; border-bottom: 1px solid var(--line) }
          table:not(.numbers) tbody th, table:not(.numbers) td { border: 0; padding: .1rem 0; text-align: left }
          #answers tbody th { width: auto }
          .points b::after { content: " " attr(data-unit); font-size: 1rem }
          .points small { display: inline }
          .numbers { font-size: .88rem }
          .numbers tbody th { width: auto }
        }
        @page { size: A4; margin: 18mm 17mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; color: #586472 } }
        @media print {
          :root { color-scheme: light; --ink: #111; --quiet: #4a5560; --line: #c9d1d9; --paper: #fff; --tint: #f3f6f9; --mark: #0b5f74; --on-mark: #fff }
          body { font-size: 9.5pt; line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact }
          main { max-width: none; padding: 0 }
          nav { display: none }
          h1 { font-size: 22pt }
          h2 { font-size: 14pt; margin-top: 9mm }
          h3 { font-size: 11pt; margin-top: 5mm }
          h2, h3, h2 + p, h3 + p, thead, #questions dt { break-after: avoid }
          tr, li, p, pre, .terms div, #examples section, #signatures, .about { break-inside: avoid }
          #names { break-before: page }
          #names td, #names tbody th { font-size: 8pt; padding-top: .7mm; padding-bottom: .7mm }
          th, td { padding-top: 1.3mm; padding-bottom: 1.3mm }
          tbody th { width: 38mm }
          .points, .criteria thead th:nth-child(3) { width: 32mm }
          .terms div { padding: 1mm 0; grid-template-columns: 36mm 1fr }
          p { orphans: 3; widows: 3; max-width: none }
          pre { font-size: 8.5pt }
          .signatures p { padding-top: 12mm }
        }
        """;
}
