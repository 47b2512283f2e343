using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace HotPathGen.Runtime;

/// <summary>
/// Names requests by method and route, as soon as ASP.NET Core has found the route. .NET 10 gives the activity of a request no tags, and .NET 11
/// adds the route when the request ends. The runtime does not reference ASP.NET Core, so it reads what it needs by reflection. If
/// trimming has removed a member, requests are named by their activity.
/// </summary>
internal sealed class EndpointNames(Operations operations) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "Microsoft.AspNetCore";
    private const string Matched = "Microsoft.AspNetCore.Routing.EndpointMatched";
    private const string Context = "Microsoft.AspNetCore.Http.HttpContext";
    private const string ContextMethods = "Microsoft.AspNetCore.Http.EndpointHttpContextExtensions";

    // Endpoints that a program keeps making are not kept for ever.
    private const int MostNames = 4096;

    private static readonly string[] s_failures =
    [
        "Microsoft.AspNetCore.Hosting.UnhandledException",
        "Microsoft.AspNetCore.Diagnostics.HandledException",
        "Microsoft.AspNetCore.Diagnostics.UnhandledException",
    ];

    // Other methods are one, because clients can make them up.
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "QUERY"];

    private readonly ConcurrentDictionary<(object Endpoint, string Method), string> _names = new();
    private Members? _members;
    private bool _isMissing;

    public void Start() => DiagnosticListener.AllListeners.Subscribe(this);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            value.Subscribe(this, static name => name == Matched || s_failures.Contains(name));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Operations.Outermost(Activity.Current) is not { } request || value.Value is null || Recorder.IsOff)
        {
            return;
        }

        var own = OwnWork.Begin();
        if (value.Key != Matched)
        {
            operations.Fail(request);
        }
        else if (!_isMissing && NameOf(value.Value) is { } name)
        {
            operations.SetRoute(request, name);
        }

        own.End();
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    private string? NameOf(object context)
    {
        try
        {
            _members ??= Members.Of(context);
            if (
                _members?.GetEndpoint.Invoke(null, context) is not { } endpoint
                || _members.GetRequest.Invoke(context) is not { } request
                || _members.GetMethod.Invoke(request) is not string method
            )
            {
                _isMissing = _members is null;
                return null;
            }

            method = s_methods.FirstOrDefault(known => known.Equals(method, StringComparison.OrdinalIgnoreCase)) ?? "_OTHER";
            if (_names.TryGetValue((endpoint, method), out string? name))
            {
                return name;
            }

            string? route = Members.RouteOf(endpoint);
            name = route is null ? null : $"{method} {(route.Length == 0 ? "/" : route)}";
            if (name is not null && _names.Count < MostNames)
            {
                _names[(endpoint, method)] = name;
            }

            return name;
        }
        catch (Exception)
        {
            _isMissing = true; // a version of ASP.NET Core that is different
            return null;
        }
    }

    private sealed record Members(MethodInvoker GetEndpoint, MethodInvoker GetRequest, MethodInvoker GetMethod)
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Where the members are trimmed, requests are named by their activity.")]
        [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
        public static Members? Of(object context)
        {
            var type = context.GetType();
            while (type is not null && type.FullName != Context)
            {
                type = type.BaseType;
            }

            var getEndpoint = type?.Assembly.GetType(ContextMethods)?.GetMethod("GetEndpoint");
            var request = type?.GetProperty("Request");
            var method = request?.PropertyType.GetProperty("Method");
            return getEndpoint is null || request?.GetMethod is not { } getRequest || method?.GetMethod is not { } getMethod
                ? null
                : new(MethodInvoker.Create(getEndpoint), MethodInvoker.Create(getRequest), MethodInvoker.Create(getMethod));
        }

        [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
        public static string? RouteOf(object endpoint)
        {
            object? pattern = endpoint.GetType().GetProperty("RoutePattern")?.GetValue(endpoint);
            return pattern?.GetType().GetProperty("RawText")?.GetValue(pattern) as string;
        }
    }
}
