namespace OrderService.Load;

/// <summary>In which sequence the kinds of requests come. It is the same in every run.</summary>
internal static class Mix
{
    private static readonly RequestKind[] s_sequence =
    [
        RequestKind.Find,
        RequestKind.Place,
        RequestKind.List,
        RequestKind.Invoice,
        RequestKind.Find,
        RequestKind.Find,
        RequestKind.Health,
        RequestKind.Invoice,
        RequestKind.List,
        RequestKind.Find,
        RequestKind.Place,
        RequestKind.Stream,
        RequestKind.Invoice,
        RequestKind.Find,
        RequestKind.Refused,
        RequestKind.List,
        RequestKind.Place,
        RequestKind.Invoice,
        RequestKind.Find,
        RequestKind.Missing,
    ];

    public static readonly RequestKind[] Kinds = Enum.GetValues<RequestKind>();

    public static RequestKind At(int number) => s_sequence[number % s_sequence.Length];

    public static string NameOf(RequestKind kind) =>
        kind switch
        {
            RequestKind.Find => "GET /orders/{id}",
            RequestKind.List => "GET /orders?customer=",
            RequestKind.Invoice => "GET /orders/{id}/invoice",
            RequestKind.Place => "POST /orders",
            RequestKind.Stream => "GET /orders/stream",
            RequestKind.Health => "GET /health",
            RequestKind.Refused => "POST /orders, wrong",
            RequestKind.Missing => "GET /orders/{id}, unknown",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
