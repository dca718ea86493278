using System.Security.Cryptography;

namespace CrmSync.Worker.Sync;

/// <summary>Where random names come from.</summary>
internal interface IIds
{
    /// <summary>Sixteen lower-case hex digits.</summary>
    string New();

    /// <summary>Thirty-two lower-case hex digits, 128 bits of their own: what hides facts behind a hash has nothing in common with a name.</summary>
    string Salt();
}

/// <summary>
/// Names that nobody can guess or trace back to a person. A run of them begins alike (five random digits), so that what is
/// stored together lies together in the store's indexes; the other eleven digits, 44 bits, are each name's own.
/// </summary>
internal sealed class RandomIds : IIds
{
    private const int Alike = 5;
    private const int Run = 1_000;

    private readonly Lock _gate = new();
    private string _beginning = "";
    private int _left;

    public string New() => Beginning() + RandomNumberGenerator.GetHexString(16 - Alike, lowercase: true);

    public string Salt() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private string Beginning()
    {
        lock (_gate)
        {
            if (_left-- == 0)
                (_beginning, _left) = (RandomNumberGenerator.GetHexString(Alike, lowercase: true), Run - 1);
            return _beginning;
        }
    }
}
