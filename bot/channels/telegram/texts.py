"""What the Telegram channel itself says, in Turkish."""

from collections.abc import Mapping

START_HINT = """Konuşmanız {days} gün saklanır; ayrıntısı: /gizlilik

Hazır konuları görmek için /konular, bütün komutlar için /yardim yazın."""
COMMANDS_HEADING = "**Komutlar**"
UNKNOWN_COMMAND = """Böyle bir komut yok. Sorunuzu başında / olmadan, kendi cümlenizle yazın.

{commands}"""

PRIVACY = """**Neler saklanır, nasıl silinir**

- Bu sohbette yazdıklarınız ve yanıtlarım, sorunuza bakılabilmesi için {days} gün saklanır.
- Yanıtlayamadığım soruları destek görevlileri okur ve size buradan yazabilir. Bu sorular \
kapandıktan sonra {case_days} gün saklanır.
- Sohbet, Telegram'ın verdiği sohbet numarasıyla saklanır. Adınız, telefonunuz ve profil \
fotoğrafınız saklanmaz.
- Ses, fotoğraf, konum ve dosyalar açılmaz, saklanmaz.
- /sil komutu bu konuşmayı ve görevlilere iletilmiş sorularınızı siler.
- Telegram kendi sunucularında ne sakladığını kendi gizlilik belgesinde açıklar; sohbet \
geçmişini oradan ayrıca silebilirsiniz.

Lütfen T.C. kimlik numarası, telefon, şifre gibi kişisel bilgiler yazmayın."""

FORGET_QUESTION = """Bu konuşmada yazdıklarınızı ve yanıtlarımı silmek üzeresiniz. Yarım kalan \
işlemleriniz ve görevlilere iletilmiş sorularınız da silinir; geri alınamaz.

Sileyim mi?"""
FORGET_YES = "Evet, sil"
FORGET_NO = "Vazgeç"
FORGOTTEN = "Konuşmanız silindi. Yeni bir soru yazabilirsiniz."
KEPT = "Tamam, hiçbir şey silmedim."

TOPICS_HEADING = "Hangi konuda bilgi istersiniz?"
TOPIC_HEADING = "**{topic}**\n\nBir başlık seçin:"
FLOWS_TOPIC = "Durumuma bakalım"
#: The chapters of the knowledge base, as buttons; a test holds this complete.
TOPICS: Mapping[str, str] = {
    "hakkinda": "eTwinning nedir",
    "genel": "Üyelik ve katılım",
    "esep": "ESEP'e geçiş",
    "portal": "Okul, profil ve hesap",
    "proje": "Projeler ve üyeler",
    "ke": "Kalite Etiketi",
    "itiraz": "İtiraz",
    "okul-etiketi": "eTwinning Okulu Etiketi",
    "linkler": "Yararlı bağlantılar",
    "iletisim": "İletişim",
}

#: Before an answer of the staff: Telegram shows it under the bot's own name.
FROM_STAFF = "**Görevlinin yanıtı**\n\n"

OLD_BUTTON = """Bu düğmenin ait olduğu konuşma artık yok. Sorunuzu yazabilir ya da /konular \
yazıp yeniden seçebilirsiniz."""
FAILED = "Şu anda yanıt veremiyorum; sorun bende. Birkaç dakika sonra yeniden yazar mısınız?"

WRITE_INSTEAD = "Sorunuzu yazarak gönderirseniz yanıtlayayım."
#: What the staff sees of a photo or the like in a conversation they have taken over.
SENT_MEDIA = "[yazı olmayan bir ileti gönderdi]"
CAPTION_READ = "Yalnızca altına yazdığınızı okuyabildim; yanıtım ona göre:"
OTHER_MEDIA = f"Bunu açamıyorum, yalnızca yazılı iletileri okuyabiliyorum. {WRITE_INSTEAD}"
MEDIA: Mapping[str, str] = {
    "sticker": f"Çıkartmanız güzel ama ne demek istediğinizi anlayamadım. {WRITE_INSTEAD}",
    "voice": f"Sesli iletileri dinleyemiyorum. {WRITE_INSTEAD}",
    "audio": f"Ses dosyalarını dinleyemiyorum. {WRITE_INSTEAD}",
    "video_note": f"Videoları izleyemiyorum. {WRITE_INSTEAD}",
    "video": f"Videoları izleyemiyorum. {WRITE_INSTEAD}",
    "animation": f"Hareketli görselleri göremiyorum. {WRITE_INSTEAD}",
    "photo": f"Fotoğrafları ve ekran görüntülerini göremiyorum. {WRITE_INSTEAD}",
    "document": f"Dosyaları açamıyorum. {WRITE_INSTEAD}",
    "venue": f"Konumunuza bakamıyorum ve saklamıyorum. {WRITE_INSTEAD}",
    "location": f"Konumunuza bakamıyorum ve saklamıyorum. {WRITE_INSTEAD}",
    "contact": f"Kişi bilgilerini okumuyorum ve saklamıyorum. {WRITE_INSTEAD}",
}

#: What the terminal and the log say of the bot when the assistant starts.
POLLING = "@{name}, güncellemeleri kendisi soruyor (genel adres gerekmez)"
WEBHOOK = "@{name}, güncellemeler {url} adresine geliyor"
OFF = "kapalı: {why}. Asistanın geri kalanı çalışıyor"
NOT_ACCEPTED = (
    "Telegram belirteci kabul etmedi. BotFather'dan doğru belirteci alıp BOT_TELEGRAM_TOKEN "
    "ayarına yazın"
)
NO_DATABASE = "konuşmaların saklandığı yer bir SQL veritabanı değil; endpoints.yml'e birini yazın"
UNREACHABLE = "bağlanamadı: {api} yanıt vermiyor ({why}). Kendiliğinden yeniden denenecek"
REFUSED = "açılamadı: Telegram “{why}” dedi. Kendiliğinden yeniden denenecek"
