using System.Collections.Frozen;
using System.Buffers;

namespace CrmSync.Benchmarks.Judging;

/// <summary>
/// The texts that the hand-written rules look for, whatever their letter case and punctuation. The names are written out
/// here once more; that none was forgotten is what the comparison lead by lead shows.
/// </summary>
internal static class HandTexts
{
    private const int Longest = 256;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Industries = Set("""
        software, computer software, softwareudvikling, software development, saas, information technology and services, it, it services, it konsulenter
        information technology, internet, technology, teknologi
        maskinindustri, machinery, maskiner, machine industry, maskinfabrik, maskinproduktion, mechanical or industrial engineering
        industrial automation, industrial machinery
        electronics, elektronikindustri, electrical electronic manufacturing, consumer electronics, semiconductors, elektronik, electronics manufacturing
        metal, metalindustri, metal industry, mining metals, metals, metalvarer, metal works, stålindustri, steel, smedje, fabricated metal
        food, fødevareindustri, food industry, food production, food beverages, food beverage, fødevarer, fødevareproduktion, dairy, mejeri
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Countries = Set("""
        dk, danmark, denmark, dnk, dänemark, kingdom of denmark, dansk, se, sverige, sweden, swe, schweden, ruotsi, no, norge, norway, nor, norwegen, noreg
        fi, finland, fin, suomi, finnland, is, island, iceland, isl, ísland, de, tyskland, germany, deu, deutschland, federal republic of germany
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BuyingRoles = Set("""
        decision maker, beslutter, beslutningstager, budget holder, budgetansvarlig, executive sponsor, sponsor i ledelsen
        """);

    // Words stand between spaces; one that lacks its first space is looked for at the end of a word.
    private static readonly SearchValues<string> Titles = SearchValues.Create(
    [
        " manager ", "chef ", "leder ", "manager ", " superintendent ", " head ", " head of ", " lead of ", " team lead ", " vp ", " vice president ", "ansvarlig ",
        " director ", "direktør ", "direktor ", "direktoer ", " managing partner ", " owner ", " co owner ", " founder ", " co founder ", " ejer ", " medejer ",
        " indehaver ", " stifter ", " medstifter ", " proprietor ", " ceo ", " cfo ", " cto ", " coo ", " cio ", " cmo ", " cso ", " cpo ", " cro ", " chief ",
        " president ", " adm dir ", " adm direktør ", " administrerende ",
    ], StringComparison.Ordinal);

    public static bool IsTargetIndustry(string text) => IsIn(text, Industries);

    public static bool IsTargetCountry(string text) => IsIn(text, Countries);

    public static bool IsBuyingRole(string text) => IsIn(text, BuyingRoles);

    public static bool Decides(string title)
    {
        Span<char> plain = stackalloc char[Longest + 2];
        plain[0] = ' ';
        var length = Plain(title, plain[1..^1]);
        plain[length + 1] = ' ';
        return plain[..(length + 2)].ContainsAny(Titles);
    }

    private static bool IsIn(string text, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> names)
    {
        Span<char> plain = stackalloc char[Longest];
        return names.Contains(plain[..Plain(text, plain)]);
    }

    private static int Plain(string text, Span<char> plain)
    {
        var length = 0;
        var gap = false;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                gap = length > 0;
                continue;
            }
            if (length + (gap ? 2 : 1) > plain.Length)
                break;
            if (gap)
                plain[length++] = ' ';
            gap = false;
            plain[length++] = char.ToLowerInvariant(c);
        }
        return length;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string names) =>
        names.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
