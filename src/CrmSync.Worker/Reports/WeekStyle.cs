using System.Globalization;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports;

/// <summary>How the weekly page looks: on a screen by day and night, on a narrow one, and on paper.</summary>
internal static class WeekStyle
{
    internal const string Css = """
        :root { color-scheme: light dark; --ink: #1c2733; --quiet: #586472; --line: #d5dce3; --paper: #fff; --tint: #f3f6f9; --mark: #0b5f74; --soft: #9fcbd6; --late: #a3341c }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e9ee; --quiet: #9fabb7; --line: #36414c; --paper: #14191f; --tint: #1d242c; --mark: #6cc4d8; --soft: #2c5a66; --late: #ff9d85 }
        }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; overflow-wrap: break-word }
        main { max-width: 56rem; margin: 0 auto; padding: 2rem 1.25rem 4rem }
        header { border-top: .4rem solid var(--mark); padding-top: 1.25rem }
        h1 { font-size: 2rem; line-height: 1.15; letter-spacing: -.02em; margin: 0 }
        h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; padding-bottom: .3rem; border-bottom: 2px solid var(--mark) }
        h3 { font-size: 1rem; margin: 1.25rem 0 .25rem }
        .quiet { color: var(--quiet) }
        .late { color: var(--late); font-weight: 600 }
        a { color: var(--mark) }
        .tiles { list-style: none; display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1rem 0 }
        .tiles li { flex: 1 1 8rem; background: var(--tint); border-radius: .5rem; padding: .8rem 1rem }
        .tiles b { display: block; font-size: 1.9rem; line-height: 1.1; font-variant-numeric: tabular-nums }
        table { width: 100%; border-collapse: collapse; margin: .6rem 0 1rem; font-variant-numeric: tabular-nums }
        th, td { text-align: right; vertical-align: middle; padding: .45rem .6rem; border-bottom: 1px solid var(--line) }
        td, thead th { white-space: nowrap }
        .sub { padding-left: 1rem; color: var(--quiet) }
        th:first-child { width: 45%; white-space: normal; text-align: left; padding-left: 0; font-weight: 500 }
        thead th { font-size: .8rem; color: var(--quiet); font-weight: 600 }
        .bar { display: block; position: relative; width: 9rem; height: .7rem; background: var(--tint); border-radius: .35rem; overflow: hidden; margin-left: auto }
        .bar i { position: absolute; top: 0; bottom: 0; left: 0; background: var(--mark) }
        .bar i + i { background: var(--soft) }
        details { margin-top: 2.5rem }
        summary { cursor: pointer; color: var(--mark); font-weight: 600 }
        dt { font-weight: 600; margin-top: .7rem }
        dt small { color: var(--quiet); font-weight: 400 }
        dd { margin: .1rem 0 0 }
        @media (max-width: 40rem) { .bar { display: none } th, td { padding: .4rem .3rem; font-size: .9rem } }
        @page { size: A4; margin: 16mm }
        @media print { main { padding: 0; max-width: none } section { break-inside: avoid } body { font-size: 9.5pt; print-color-adjust: exact } }
        """;

    /// <summary>A share as a bar, lighter where it is not sure.</summary>
    internal static string Bar(KpiFigure figure) => figure is not { Measure: KpiMeasure.Share, Value: { } value } || value > 1
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\"><i style=\"width:{(figure.Low ?? value) * 100:0.#}%\"></i><i style=\"left:{(figure.Low ?? value) * 100:0.#}%;width:{((figure.High ?? value) - (figure.Low ?? value)) * 100:0.#}%\"></i></span>");
}
