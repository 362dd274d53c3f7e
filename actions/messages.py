"""What the actions say, in Turkish. Small talk stands in domain.yml, answers in knowledge/."""

YES = "Tamam. Sormak istediğinizi yazabilirsiniz."
NO = "Anladım. Sorunuzu başka sözcüklerle yazarsanız yeniden bakayım."
NOT_NEEDED = "Anladım. Başka sorunuz olursa yazabilirsiniz."
CANCELLED = "Tamam, bıraktım. Yeni bir soru yazabilirsiniz."

HELP = """Sorunuzu kendi cümlenizle yazmanız yeterli. Örneğin:
- “ESEP'te hesap nasıl açılır”
- “Kalite Etiketi'ne ne zaman başvurulur”
- “projeden ayrılmak istiyorum”
- “22 aktif projem var, yeni proje kurabilir miyim”
- “ESEP'e adım adım geçmek istiyorum”

Emin olamazsam size birkaç başlık sunarım; numarasını yazmanız yeterlidir. Bir görevliye \
ulaşmak isterseniz “görevliyle görüşmek istiyorum” yazın."""

OFFER_ONE = """Tam emin olamadım. Şunu mu soruyorsunuz?
{options}

“Evet” ya da “hayır” yazabilirsiniz."""
OFFER = """Tam emin olamadım. Şunlardan birini mi soruyorsunuz?
{options}

Numarasını yazabilir ya da “hiçbiri” diyebilirsiniz."""
NONE_OF_THESE = "Hiçbiri"
WHICH_ONE = "Hangisi? Numarasını yazın:\n{options}"
NO_SUCH_OPTION = "Bu numarada bir seçenek yok. Şunlardan birini yazın:\n{options}"
NOTHING_TO_PICK = "Şu anda seçebileceğiniz bir liste yok. Sorunuzu yazarsanız yardımcı olayım."

#: Before an answer that was given just now, to a question that leans on it.
SAME_ANSWER = "Bu konuda elimdeki bilgi şu:"

HELPFUL_QUESTION = "Bu yanıt işinize yaradı mı?"
HELPFUL_YES = "Evet, yaradı"
HELPFUL_NO = "Hayır"
GLAD = "Sevindim. Başka sorunuz olursa buradayım."
#: A question that went to the staff; the code finds it again.
REFERENCE = "Takip kodunuz: **{reference}**"
NOT_HELPFUL = f"""Üzgünüm. Bunu görevlilere ilettim. Sorunuzu başka sözcüklerle yazarsanız \
yeniden bakarım.

{REFERENCE}

Destek Servisi'ne [{{support}}](mailto:{{support}}) adresinden de yazabilirsiniz."""

UNCLEAR = f"""Neyi sorduğunuzu tam anlayamadım ya da yanıtı elimdeki belgelerde yok. \
Konusunu da yazarsanız yeniden bakarım. Sorunuzu görevlilere de ilettim.

{REFERENCE}

Platformla ilgili konularda Ulusal Destek Servisi'ne \
[{{support}}](mailto:{{support}}) adresinden yazabilirsiniz."""
PERSONAL_DATA = (
    "Lütfen buraya telefon, e-posta, T.C. kimlik numarası gibi kişisel bilgiler yazmayın; "
    "hesabınızı göremem."
)
HAND_OVER = f"""Bu sorunun yanıtı elimdeki belgelerde yok; yanlış bir şey söylemek istemem. \
Sorunuzu görevlilere ilettim.

{REFERENCE}

Platformla ilgili konularda Ulusal Destek Servisi'ne \
[{{support}}](mailto:{{support}}) adresinden yazabilirsiniz."""
PERSON = f"""Ben bir programım. İsteğinizi görevlilere ilettim; size buradan yazabilirler.

{REFERENCE}

Bir kişiye şöyle de ulaşabilirsiniz:
- İlinizdeki eTwinning koordinatörü: [il koordinatörleri sayfası]({{coordinators}})
- Ulusal Destek Servisi: [{{support}}](mailto:{{support}})"""
FLOW_FAILED = f"""Takıldığınız yeri görevlilere de ilettim.

{REFERENCE}"""

NOT_UNDERSTOOD = (
    "Bunu bir soru olarak okuyamadım. Sorunuzu birkaç sözcükle yazar mısınız? "
    "Örneğin: “Kalite Etiketi'ne ne zaman başvurulur”"
)
TOO_LONG = (
    "İletiniz çok uzun; en çok {limit} karakter okuyabiliyorum. "
    "Sorunuzu kısaltıp yeniden yazar mısınız?"
)
ENTRY_GONE = "Bu başlık artık bilgi bankasında yok. Sorunuzu yazarsanız yeniden bakayım."
