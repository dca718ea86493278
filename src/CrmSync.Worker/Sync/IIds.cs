using System.Security.Cryptography;

namespace CrmSync.Worker.Sync;

/// <summary>Where random names come from.</summary>
internal interface IIds
{
    /// <summary>Sixteen lower-case hex digits.</summary>
    string New();
}

/// <summary>Names that nobody can guess or trace back to a person.</summary>
internal sealed class RandomIds : IIds
{
    public string New() => RandomNumberGenerator.GetHexString(16, lowercase: true);
}
