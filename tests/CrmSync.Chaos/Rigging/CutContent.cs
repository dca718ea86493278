using System.Net;

namespace CrmSync.Chaos.Rigging;

/// <summary>A body that broke off on the way here, and breaks off again for whoever reads it.</summary>
internal sealed class CutContent : HttpContent
{
    private readonly Exception _cut;

    private CutContent(HttpContent content, Exception cut)
    {
        _cut = cut;
        foreach (var (name, values) in content.Headers)
            Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>The body once all of it is here, so that reading it takes no further time.</summary>
    public static async Task<HttpContent> WholeAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(cancellationToken);
            return content;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new CutContent(content, failure as IOException ?? failure.InnerException as IOException ?? failure);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromException<Stream>(_cut);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.FromException(_cut);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
