namespace OrderService.Serving;

/// <param name="Url">Where to listen. Port 0 takes a free one.</param>
/// <param name="IsFixed">Whether invoices are rendered by the version without garbage.</param>
/// <param name="IsDebuggable">Whether answers say what their handler allocated, and recorded figures can be dropped.</param>
internal sealed record ServiceOptions(string Url, bool IsFixed, bool IsDebuggable);
