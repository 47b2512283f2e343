namespace OrderService.Load;

/// <summary>What is asked. Two of them are mistakes of a client.</summary>
internal enum RequestKind
{
    Find,
    List,
    Invoice,
    Place,
    Stream,
    Health,
    Refused,
    Missing,
}
