using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CrmSync.Worker.Rules;

/// <summary>
/// Reads one YAML document into nodes with positions. Anchors, aliases and tags are refused: a rule file needs none, and
/// they are how a small file becomes a huge one.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 16;
    private readonly IParser _parser;
    private readonly ProblemList _problems;

    private YamlTree(IParser parser, ProblemList problems) => (_parser, _problems) = (parser, problems);

    /// <summary>The document's root, or null with the problem added.</summary>
    internal static YamlNode? Read(string text, ProblemList problems)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlTree(parser, problems).Document();
        }
        catch (YamlException broken)
        {
            // A tab stands where reading ended; other faults begin where their text does.
            var at = broken.Message.Contains("tab character", StringComparison.Ordinal) ? broken.End : broken.Start;
            problems.Error((int)at.Line, (int)at.Column, $"This is not YAML: {broken.Message}", "Check indentation, quotes and brackets near here.");
            return null;
        }
        // Of a few broken texts the parser says so in the exceptions of a caller's mistake.
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or NotSupportedException or IndexOutOfRangeException)
        {
            problems.Error((int)(parser.Current?.End.Line ?? 1), (int)(parser.Current?.End.Column ?? 1), "This is not YAML from here on.", "Check indentation, quotes and brackets near here.");
            return null;
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Error(1, 1, "The file is empty.", "Start from the shipped sal-rules.yaml.");
            return null;
        }
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _problems.Error((int)second.Start.Line, (int)second.Start.Column, "A second document begins here.", "Keep one rule set in a file.");
        return root;
    }

    private YamlNode? Node(int depth)
    {
        var (line, column) = ((int)_parser.Current!.Start.Line, (int)_parser.Current.Start.Column);
        if (depth > MaxDepth)
            throw new YamlException(_parser.Current.Start, _parser.Current.End, $"it is nested deeper than {MaxDepth} levels");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _problems.Error(line, column, $"Aliases (*{alias.Value}) are not allowed.", "Write the value out.");
            return null;
        }
        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
            _problems.Error(line, column, "Anchors (&) and tags (!) are not allowed.", "Remove it.");
        if (_parser.TryConsume<Scalar>(out var scalar))
            return new YamlText(scalar.Value, line, column);
        return _parser.TryConsume<SequenceStart>(out _) ? List(line, column, depth) : Map(line, column, depth);
    }

    private YamlList List(int line, int column, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            if (Node(depth + 1) is { } item)
                items.Add(item);
        return new YamlList(items, line, column);
    }

    private YamlMap Map(int line, int column, int depth)
    {
        _parser.Consume<MappingStart>();
        var entries = new List<(YamlText, YamlNode)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlText name)
                _problems.Error(key?.Line ?? line, key?.Column ?? column, "A key must be plain text.");
            else if (!taken.Add(name.Value))
                _problems.Error(name, $"The key '{name.Value}' comes twice.", "Keep one of them.");
            else if (value is not null)
                entries.Add((name, value));
        }
        return new YamlMap(entries, line, column);
    }
}
