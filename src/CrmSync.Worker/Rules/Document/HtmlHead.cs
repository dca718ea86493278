using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CrmSync.Worker.Rules.Document;

/// <summary>
/// How each of our pages begins: one HTML file that asks for nothing else, no script, font, picture or address; the page's own policy
/// forbids whatever is not its style.
/// </summary>
internal static class HtmlHead
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A text made safe.</summary>
    internal static string Text(string text) => Encoder.Encode(text);

    /// <summary>Everything up to the first element of the page.</summary>
    /// <param name="css">The page's style.</param>
    internal static string Of(string language, string title, string css) => $"""
        <!doctype html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Text(title)}</title>
        <style>
        {css}
        </style>
        </head>
        <body>
        <main>

        """;
}
