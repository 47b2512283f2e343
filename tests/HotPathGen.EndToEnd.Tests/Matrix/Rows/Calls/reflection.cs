// attribute: F=2:pair Make=1:pair get_P=1:in-place #ctor=1:in-place
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Rows.Calls.reflection;

[AttributeUsage(AttributeTargets.All)]
public sealed class NoteAttribute(string text) : Attribute { public override string ToString() => text; }

public sealed class Sample
{
    [Instrument, Note("constructor")] public Sample([Note("seed")] int seed) { P = $"{seed}"; }

    [Note("property")] public string P { [Instrument, Note("getter")] get { return field + "!"; } }

    [Instrument]
    [Note("method"), Description("described")]
    [return: Note("result"), NotNullIfNotNull(nameof(b))]
    public string? F<[Note("type parameter")] T>(T a, [Note("parameter"), DefaultValue("x")] in string? b = "given", params int[] rest) where T : struct => $"{a}{b}{rest.Length}";

    [Instrument] public static Sample Make() => new(4);

    public static string Run()
    {
        Sample sample = Make();
        MethodInfo method = typeof(Sample).GetMethod(nameof(F))!;
        string heads = string.Join("; ", typeof(Sample).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => $"{m.Attributes} {m}").Order(StringComparer.Ordinal));
        string notes = string.Join(' ', method.GetCustomAttributes<NoteAttribute>().Concat(method.ReturnParameter.GetCustomAttributes<NoteAttribute>())
            .Concat(method.GetParameters().SelectMany(p => p.GetCustomAttributes<NoteAttribute>())).Concat(method.GetGenericArguments()[0].GetCustomAttributes<NoteAttribute>()));
        string parameters = string.Join(' ', method.GetParameters().Select(p => $"{p.Name}:{p.Attributes}:{(p.HasDefaultValue ? p.DefaultValue : "-")}"));
        object? called = method.MakeGenericMethod(typeof(int)).Invoke(sample, [1, "b", new int[2]]);
        return $"{heads} | {notes} | {parameters} | {called} {sample.F(2)} {typeof(Sample).GetProperty("P")!.GetValue(sample)}";
    }
}
