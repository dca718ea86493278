namespace CrmSync.Worker.Rules;

/// <summary>A piece of a YAML document and where it begins (from 1).</summary>
internal abstract record YamlNode(int Line, int Column);

/// <summary>Every scalar is text here, so that Norway's <c>NO</c> is a country and no "false".</summary>
internal sealed record YamlText(string Value, int Line, int Column) : YamlNode(Line, Column);

internal sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column);

/// <summary>Keys are told apart by case and in file order; none comes twice.</summary>
internal sealed record YamlMap(IReadOnlyList<(YamlText Key, YamlNode Value)> Entries, int Line, int Column) : YamlNode(Line, Column);
