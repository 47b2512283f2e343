using System.Text;
using System.Xml;
using HotPathGen;

namespace DocSearch;

/// <summary>Reads the members of one XML documentation file.</summary>
internal static class MemberReader
{
    [Instrument]
    public static IEnumerable<Document> ReadMembers(Stream stream)
    {
        using var xml = XmlReader.Create(stream);

        while (xml.ReadToFollowing("member"))
        {
            string? id = xml.GetAttribute("name");
            if (id is not null && id.IndexOf(':') == 1)
            {
                yield return new Document(id, ReadText(xml));
            }
        }
    }

    [Instrument]
    private static string ReadText(XmlReader member)
    {
        var text = new StringBuilder();
        using var xml = member.ReadSubtree();
        xml.Read();

        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    AppendElement(text, xml);
                    break;

                case XmlNodeType.Text
                or XmlNodeType.CDATA
                or XmlNodeType.Whitespace
                or XmlNodeType.SignificantWhitespace:
                    text.Append(xml.Value);
                    break;
            }
        }

        return text.ToString();
    }

    private static void AppendElement(StringBuilder text, XmlReader xml)
    {
        string? name = xml.GetAttribute("name") ?? xml.GetAttribute("langword") ?? xml.GetAttribute("cref")?.ShortName();

        // An element inside a sentence may be part of a word, as in <see cref="T:System.String"/>s.
        if (xml.Name is "see" or "paramref" or "typeparamref" or "c")
        {
            text.Append(name);
        }
        else
        {
            text.Append(' ').Append(name).Append(' ');
        }
    }

    /// <summary>The name a reader sees for a reference: <c>Append</c> for <c>M:System.Text.StringBuilder.Append(System.Char)</c>.</summary>
    [Instrument]
    private static string ShortName(this string reference)
    {
        string withoutParameters = reference.Split('(')[0];
        string lastPart = withoutParameters.Split('.', ':').Last();
        return lastPart.Split('`', '{')[0];
    }
}
