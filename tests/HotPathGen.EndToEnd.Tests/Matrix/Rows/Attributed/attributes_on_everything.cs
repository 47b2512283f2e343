// attribute: F=1:pair get_P=1:in-place
using System.Diagnostics.CodeAnalysis;

namespace Rows.Attributed.attributes_on_everything;

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class NoteAttribute(params object[] notes) : Attribute { public object[] Notes => notes; public string? Name { get; set; } }

public sealed class Sample
{
    [Note("a", new[] { 1, 2 }, typeof(List<>)), Note(Name = """
        raw
        """), Instrument]
    [return: Note, MaybeNull]
    [method: Note(nameof(F))]
    [Obsolete("x" + nameof(Sample))]
    public T F<[Note("t"), DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T>([Note, DisallowNull] T x, [param: Note(DayOfWeek.Friday)] params string[] rest) => x;

    [Note, Instrument]
    [field: Note]
    public string P { [Note, Instrument] [return: Note, NotNull] get { return field + "p"; } [param: Note] set; } = "";

    public static string Run()
    {
#pragma warning disable CS0618
        return new Sample().F("f") + new Sample().P + string.Join(',', typeof(Sample).GetMethod("F")!.GetCustomAttributes(typeof(NoteAttribute), false).Cast<NoteAttribute>().Select(note => $"{note.Notes.Length}{note.Name}"));
    }
}
