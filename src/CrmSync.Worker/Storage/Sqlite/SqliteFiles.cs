using System.Buffers.Binary;
using System.Globalization;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Looks at a file's header before SQLite may touch it, so that a foreign file stays as it is.</summary>
internal static class SqliteFiles
{
    /// <summary>"CrmS": written into every store of ours.</summary>
    public const int ApplicationId = 0x43726D53;

    private const int HeaderLength = 100;
    private const int PageSizeAt = 16;
    private const int PageCountAt = 28;
    private const int VersionAt = 60;
    private const int ApplicationIdAt = 68;

    /// <exception cref="StoreException">Damaged: foreign, empty, cut short, or of a newer version.</exception>
    public static void Check(string path, int newestVersion)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            throw Damaged(path, "is empty or cut short");
        if (!header.StartsWith("SQLite format 3\0"u8)) throw Damaged(path, "is no SQLite file");
        if (Number(header, ApplicationIdAt) != ApplicationId) throw Damaged(path, "is no store of crmsync");
        CheckVersion(path, Number(header, VersionAt), newestVersion);
        if (!HasLog(path) && file.Length < Pages(header)) throw Damaged(path, "is cut short");
    }

    public static void CheckVersion(string path, long version, int newest)
    {
        if (version > newest)
        {
            throw new StoreException(
                StoreFailure.Damaged, string.Create(CultureInfo.InvariantCulture, $"{path} has schema {version} and needs a newer crmsync; this one knows schemas up to {newest}."),
                "Run the newer version, or restore a backup that this version wrote.");
        }
    }

    // With a log the file may lag behind its own header.
    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    private static long Pages(ReadOnlySpan<byte> header)
    {
        int size = BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeAt..]);
        return Number(header, PageCountAt) * (size == 1 ? 65536 : size);
    }

    private static long Number(ReadOnlySpan<byte> header, int at) => BinaryPrimitives.ReadUInt32BigEndian(header[at..]);

    private static StoreException Damaged(string path, string what) => new(
        StoreFailure.Damaged, $"{path} {what}. It was left as it is.", "Move it away or restore a backup: crmsync restore.");
}
