app_name = "essays_public"
urlpatterns: list = []
