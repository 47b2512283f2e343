using HotPathGen.Runtime;
using NUnit.Framework;

namespace HotPathGen.Tests.Recording;

/// <summary>What generated code registers about an assembly is the same in another load context.</summary>
public sealed class MethodRegistrationTests
{
    [Test]
    public void Everything_crosses()
    {
        var registered = new MethodRegistration(
            "Shop",
            "/src/Shop",
            [
                new("M:A", "A()", "A.cs", 3, "pair", sites: "1\t2\tobject\tA\tnew A()"u8, pooled: "x\tspan\tint\t512"),
                new("M:B", "B()", "B.cs", 5, "in-place", unsupportedReason: "no pair", maxBytesPerCall: 0),
                new("M:C", "C()", "C.cs", 7, "async", maxBytesPerCall: 4096),
            ],
            [new("D", "D.cs", 9, "a lambda"), new("E", "E.cs", 11, "no body")]
        );

        var crossed = MethodRegistration.Parse(registered.Print());

        Assert.That((crossed.Assembly, crossed.Directory), Is.EqualTo(("Shop", "/src/Shop")));
        Assert.That(crossed.Methods.Select(Facts), Is.EqualTo(registered.Methods.Select(Facts)));
        Assert.That(crossed.Methods.Select(method => method.MaxBytesPerCall), Is.EqualTo(new[] { -1, 0, 4096 }));
        Assert.That(
            crossed.Plain.Select(plain => (plain.Name, plain.File, plain.Line, plain.Reason)),
            Is.EqualTo(registered.Plain.Select(plain => (plain.Name, plain.File, plain.Line, plain.Reason)))
        );
    }

    private static (string, string, string, int, string, string, string, string, int) Facts(HotMethod method) =>
        (
            method.Id,
            method.Name,
            method.File,
            method.Line,
            method.Form,
            method.Sites,
            method.UnsupportedReason,
            method.Pooled,
            method.MaxBytesPerCall
        );
}
