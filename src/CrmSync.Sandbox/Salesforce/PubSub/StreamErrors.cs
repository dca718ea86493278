using Grpc.Core;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>How the event bus refuses: a status, and the reason as a trailer.</summary>
internal static class StreamErrors
{
    private const string Prefix = "sfdc.platform.eventbus.grpc.";

    public static RpcException Of(StatusCode status, string reason, string message, string rpcId) =>
        new(new Status(status, $"{message} rpcId: {rpcId}"), new Metadata { { "error-code", Prefix + reason } });
}
