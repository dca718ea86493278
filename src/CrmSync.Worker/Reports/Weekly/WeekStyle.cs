using System.Globalization;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>How the weekly page looks: on a screen by day and night, on a narrow one, and on paper.</summary>
internal static class WeekStyle
{
    internal const string Css = """
        :root { color-scheme: light dark; --ink: #1c2733; --quiet: #5a6673; --line: #dbe1e7; --paper: #fff; --tint: #f4f7f9; --mark: #0b5f74; --soft: #9fcbd6; --late: #a3341c }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e9ee; --quiet: #9fabb7; --line: #36414c; --paper: #14191f; --tint: #1d242c; --mark: #6cc4d8; --soft: #2c5a66; --late: #ff9d85 }
        }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; overflow-wrap: break-word }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem }
        header { border-left: .4rem solid var(--mark); padding: .1rem 0 .1rem 1.1rem }
        header p { margin: .15rem 0 0 }
        h1 { font-size: 2.1rem; line-height: 1.1; letter-spacing: -.025em; margin: 0 }
        .week { font-size: 1.2rem }
        h2 { font-size: 1.25rem; letter-spacing: -.01em; margin: 2.75rem 0 .6rem }
        h3 { font-size: .95rem; margin: 1.25rem 0 .25rem }
        p { margin: .35rem 0 .6rem }
        .quiet, small { color: var(--quiet) }
        .late { color: var(--late); font-weight: 600 }
        a { color: var(--mark) }
        .tiles, .cards { list-style: none; display: grid; gap: .75rem; padding: 0; margin: .8rem 0 1.2rem }
        .tiles { grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)) }
        .cards { grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)) }
        .tiles li, .card { background: var(--tint); border-radius: .6rem; padding: .9rem 1.1rem; margin: 0 }
        .tiles b { display: block; font-size: 2rem; line-height: 1.1; font-variant-numeric: tabular-nums }
        .tiles small { display: block; font-size: .8rem }
        .card h3, .card figcaption { margin: 0; font-size: .95rem; font-weight: 600 }
        .card b { display: block; font-size: 2.4rem; line-height: 1.25; letter-spacing: -.02em; font-variant-numeric: tabular-nums }
        .card .none { font-size: 1.3rem; line-height: 2.3; font-weight: 500; color: var(--quiet) }
        .card span:not(.bar) { display: block; font-size: .9rem }
        .card .bar { width: 100%; margin: .3rem 0 .5rem; background: var(--line) }
        svg { display: block; width: 100%; height: auto; margin-top: .4rem }
        svg text { font-size: 10px; fill: var(--quiet) }
        .rule { stroke: var(--line); fill: none }
        .span { stroke: var(--soft); stroke-width: 6; stroke-linecap: round; fill: none }
        .dot { fill: var(--mark) }
        table { width: 100%; border-collapse: collapse; margin: .4rem 0 1rem; font-variant-numeric: tabular-nums }
        th, td { text-align: right; vertical-align: middle; padding: .45rem .6rem; border-bottom: 1px solid var(--line) }
        td, thead th { white-space: nowrap }
        th:first-child { width: 45%; white-space: normal; text-align: left; padding-left: 0; font-weight: 500 }
        thead th { font-size: .8rem; color: var(--quiet); font-weight: 600 }
        .bar { display: block; position: relative; width: 9rem; height: .7rem; background: var(--tint); border-radius: .35rem; overflow: hidden; margin-left: auto }
        .bar i { position: absolute; top: 0; bottom: 0; left: 0; background: var(--mark) }
        .bar i + i { background: var(--soft) }
        details { margin-top: 2.5rem }
        summary { cursor: pointer; color: var(--mark); font-weight: 600 }
        dt { font-weight: 600; margin-top: .7rem }
        dt small { font-weight: 400 }
        dd { margin: .1rem 0 0 }
        @media (max-width: 40rem) { main { padding: 1.5rem 1rem 3rem } td .bar, tr > :nth-child(4):not(:last-child) { display: none } th, td { padding: .4rem .3rem; font-size: .9rem } }
        @page { size: A4; margin: 16mm }
        @media print { main { padding: 0; max-width: none } section { break-inside: avoid } body { font-size: 9.5pt; print-color-adjust: exact } }
        """;

    /// <summary>A share as a bar, lighter where it is not sure.</summary>
    internal static string Bar(KpiFigure figure) => figure is not { Measure: KpiMeasure.Share, Value: { } value } || value > 1
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\"><i style=\"width:{(figure.Low ?? value) * 100:0.#}%\"></i><i style=\"left:{(figure.Low ?? value) * 100:0.#}%;width:{((figure.High ?? value) - (figure.Low ?? value)) * 100:0.#}%\"></i></span>");

    /// <summary>A share of a whole that is counted, and so is sure.</summary>
    internal static string Bar(decimal share) => string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\"><i style=\"width:{share * 100:0.#}%\"></i></span>");
}
