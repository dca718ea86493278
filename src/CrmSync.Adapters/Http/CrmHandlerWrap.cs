namespace CrmSync.Adapters.Http;

/// <summary>
/// Wraps the handler that talks to the network: for the demo's clock, recorders and tests. Register one in the container and
/// every connection's client passes its innermost handler through it.
/// </summary>
/// <param name="connection">The name of the connection.</param>
/// <param name="inner">The handler to send through.</param>
public delegate HttpMessageHandler CrmHandlerWrap(string connection, HttpMessageHandler inner);
